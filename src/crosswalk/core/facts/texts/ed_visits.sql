-- name: ed_visits
-- value: number
-- unit: visits
-- window: months 6
-- measures: Emergency visits that could have been avoided: without those that ended in admission and
--   those known as not avoidable.
-- unknown_when: the person's plan sends no emergency visits
-- source: CalAIM ECM Policy Guide, January 2026, p. 19-21
-- question: How often was the person in an emergency department in the last six months, without being
--   admitted?
-- attestable: no
-- confidence: verified
-- extra: unknown_avoidability (number): how many of them nobody has judged

SELECT
  r.person_id,
  coalesce(c.number, 0) AS value,
  c.day,
  c.evidence,
  coalesce(c.unjudged, 0) AS unknown_avoidability
FROM reported AS r
LEFT JOIN (
  SELECT
    person_id,
    CAST(count(*) AS INTEGER) AS number,
    CAST(count(*) - count(avoidability) AS INTEGER) AS unjudged,
    max(day) AS day,
    array_agg(proof) AS evidence
  FROM ed_visit
  WHERE day BETWEEN :since AND :on AND NOT admitted AND coalesce(avoidability, '') <> 'not_avoidable'
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.emergency_visits
