-- name: ed_visits_all
-- value: number
-- unit: visits
-- window: months 12
-- measures: Emergency visits, all of them; one that ended in admission is left to the stay.
-- unknown_when: the person's plan sends no emergency visits
-- source: CalAIM ECM Policy Guide, January 2026, p. 19-21, 24
-- question: How often was the person in an emergency department?
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
  FROM ed_visit
  WHERE day BETWEEN :since AND :on AND NOT admitted
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.emergency_visits
