-- name: needs_lower_acuity_nursing
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Needs lower-acuity or intermittent skilled nursing.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 33-36
-- question: Does the person need some skilled nursing, now and then?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(from_day) AS day, array_agg(proof) AS evidence
FROM level_of_care
WHERE code IN ('lower_acuity') AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
GROUP BY person_id
