-- name: serious_mental_illness
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: A serious mental illness: diagnosis of the group, Full-Service Partnership, or an HMIS
--   mental health disorder that is long and impairing.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have a serious mental illness?
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
  WHERE condition = 'serious_mental_illness' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM program
  WHERE code IN ('fsp') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, yes, day, proof
  FROM disability_answer
  WHERE disability = 'mental_health' AND (impairing OR NOT yes)
) AS shown
GROUP BY person_id
