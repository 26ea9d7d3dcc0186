-- name: at_risk_of_institution
-- value: flag
-- unit: yes or no
-- window: none
-- measures: At risk of placement in a hospital or nursing facility: attested, or a level of care
--   finding.
-- unknown_when: nobody has said so
-- source: Community Supports, Personal Care and Home Modifications
-- question: Is the person at risk of having to move to a nursing facility or hospital?
-- attestable: yes
-- confidence: unverified

SELECT person_id, TRUE AS value, max(from_day) AS day, array_agg(proof) AS evidence
FROM level_of_care
WHERE code IN ('snf', 'lower_acuity', 'nf_resident') AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
GROUP BY person_id
