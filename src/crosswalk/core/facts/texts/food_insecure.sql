-- name: food_insecure
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Has not enough to eat, or no sure way to food: attested, or Z59.4x.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27; ICD-10-CM Z59.4
-- question: Does the person often go without enough food?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(day) AS day, array_agg(proof) AS evidence
FROM condition_shown
WHERE condition = 'food_insecurity' AND day BETWEEN :since AND :on
GROUP BY person_id
