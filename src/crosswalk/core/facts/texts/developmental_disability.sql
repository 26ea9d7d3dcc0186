-- name: developmental_disability
-- value: flag
-- unit: yes or no
-- window: months 120
-- measures: An intellectual or developmental disability: diagnosis, Regional Center, or HMIS.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, App. C; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have an intellectual or developmental disability?
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
  WHERE condition = 'developmental_disability' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM program
  WHERE code IN ('regional_center') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, yes, day, proof
  FROM disability_answer
  WHERE disability = 'developmental'
) AS shown
GROUP BY person_id
