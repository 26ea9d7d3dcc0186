-- name: mental_health_condition
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: Any mental disorder, diagnosed or suspected: a diagnosis F20 to F99, a county mental health
--   program, or HMIS.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, p. 31-33; APL 24-006
-- question: Does the person have, or may have, a mental health condition?
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
  WHERE condition = 'mental_health' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM program
  WHERE code IN ('smhs', 'fsp') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, yes, day, proof
  FROM disability_answer
  WHERE disability = 'mental_health'
) AS shown
GROUP BY person_id
