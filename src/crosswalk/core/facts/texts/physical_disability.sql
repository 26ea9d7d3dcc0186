-- name: physical_disability
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: A physical disability by diagnosis or HMIS.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: Community Supports common eligibility 2025; ICD-10-CM, policy/codes/maps/icd10_conditions.csv
-- question: Does the person have a physical disability?
-- attestable: yes
-- confidence: unverified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, TRUE AS yes, day, proof
  FROM condition_shown
  WHERE condition = 'physical_disability' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, yes, day, proof
  FROM disability_answer
  WHERE disability = 'physical'
) AS shown
GROUP BY person_id
