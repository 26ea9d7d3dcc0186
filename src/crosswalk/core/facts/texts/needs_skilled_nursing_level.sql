-- name: needs_skilled_nursing_level
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Needs the level of care of a skilled nursing facility.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 33-36; 22 CCR 51335
-- question: Does the person need the level of care of a nursing facility?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(from_day) AS day, array_agg(proof) AS evidence
FROM level_of_care
WHERE code IN ('snf', 'nf_resident') AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
GROUP BY person_id
