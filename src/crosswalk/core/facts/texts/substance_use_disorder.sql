-- name: substance_use_disorder
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: A substance use disorder: diagnosis of the group (not tobacco), a Drug Medi-Cal program, or
--   HMIS.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have a substance use disorder?
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
  WHERE condition = 'substance_use' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM program
  WHERE code IN ('dmc', 'dmc_ods') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, yes, day, proof
  FROM disability_answer
  WHERE disability = 'substance_use'
) AS shown
GROUP BY person_id
