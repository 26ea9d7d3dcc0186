-- name: adl_need
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Needs help with activities of daily living.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 33-36
-- question: Does the person need help with bathing, dressing, eating or moving?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(day) AS day, array_agg(proof) AS evidence
FROM condition_shown
WHERE condition = 'adl_need' AND day BETWEEN :since AND :on
GROUP BY person_id
