-- name: bh_ed_visits
-- value: number
-- unit: visits
-- window: months 12
-- measures: Emergency visits with a mental illness or substance use diagnosis on the same or the next
--   day.
-- unknown_when: the person's plan sends no emergency visits
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: How often was the person in an emergency department for mental health or substance use?
-- attestable: no
-- confidence: verified

SELECT
  r.person_id,
  coalesce(c.number, 0) AS value,
  c.day,
  c.evidence
FROM reported AS r
LEFT JOIN (
  SELECT person_id, CAST(count(*) AS INTEGER) AS number, max(day) AS day, array_agg(proof) AS evidence
  FROM ed_visit AS v
  WHERE v.day BETWEEN :since AND :on AND NOT v.admitted AND EXISTS (
    SELECT 1
    FROM condition_shown AS d
    WHERE d.person_id = v.person_id AND d.condition IN ('serious_mental_illness', 'substance_use')
      AND d.day BETWEEN v.day AND v.day + 1
  )
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.emergency_visits
