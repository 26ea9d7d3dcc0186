-- name: smhs_access
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: Meets access criteria for, or receives, Specialty Mental Health Services (in them, in a
--   Full-Service Partnership, or with a serious mental illness on record).
-- unknown_when: neither the services nor a mental disorder is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27, App. B
-- question: Does the person meet the criteria for county specialty mental health services, or receive
--   them?
-- attestable: yes
-- confidence: verified

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
  WHERE code IN ('smhs', 'fsp') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, yes, day, proof
  FROM disability_answer
  WHERE disability = 'mental_health' AND impairing
) AS shown
GROUP BY person_id
