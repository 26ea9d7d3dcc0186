-- name: fsp_eligible
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Eligible for a Full-Service Partnership: is in one, or somebody attests it.
-- unknown_when: not in one and nobody has said so
-- source: Transitional Rent eligibility
-- question: Is the person eligible for a Full-Service Partnership?
-- attestable: yes
-- confidence: secondary

SELECT person_id, TRUE AS value, max(from_day) AS day, array_agg(proof) AS evidence
FROM program
WHERE code = 'fsp' AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
GROUP BY person_id
