-- name: asthma
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: Asthma by diagnosis.
-- unknown_when: no such diagnosis within the window
-- source: Community Supports, Asthma Remediation; ICD-10-CM, policy/codes/maps/icd10_conditions.csv
-- question: Does the person have asthma?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(day) AS day, array_agg(proof) AS evidence
FROM condition_shown
WHERE condition = 'asthma' AND day BETWEEN :since AND :on
GROUP BY person_id
