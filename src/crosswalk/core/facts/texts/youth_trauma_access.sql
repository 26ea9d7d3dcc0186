-- name: youth_trauma_access
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Under 21 and at high risk from trauma: homeless, in child welfare, or in juvenile justice.
-- unknown_when: none of these is recorded, or the age is not known
-- source: CalAIM ECM Policy Guide, January 2026, App. B
-- question: Has the child or youth been homeless, in child welfare or in juvenile justice, or a high
--   score on a trauma screening?
-- attestable: yes
-- confidence: verified

SELECT
  b.person_id,
  CASE
    WHEN b.dob <= :on - INTERVAL 21 YEAR THEN FALSE
    WHEN count(s.person_id) > 0 THEN TRUE
  END AS value,
  max(s.day) AS day,
  list_concat([min(b.proof)], array_agg(s.proof)) AS evidence
FROM birth_date AS b
LEFT JOIN (
  SELECT person_id, day, proof FROM housing_sign WHERE homeless AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, from_day AS day, proof
  FROM foster_care
  WHERE from_day <= :on AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, day, proof FROM custody_release WHERE code = 'youth' AND day BETWEEN :since AND :on
) AS s ON s.person_id = b.person_id
GROUP BY b.person_id, b.dob
