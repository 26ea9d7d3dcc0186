-- name: ed_visit
-- says: emergency visits; admitted: a hospital stay of the person covers the day, or begins on it or the next
-- kept: yes

SELECT v.person_id, v.from_day AS day, v.value AS avoidability, coalesce(a.admitted, FALSE) AS admitted, v.proof
FROM plan_event AS v
LEFT JOIN (
  SELECT DISTINCT e.person_id, e.from_day, TRUE AS admitted
  FROM plan_event AS e
  JOIN hospital_stay AS s ON s.person_id = e.person_id
  WHERE e.kind = 'ed_visit' AND s.from_day <= e.from_day + 1 AND (s.end_day IS NULL OR s.end_day > e.from_day)
) AS a ON a.person_id = v.person_id AND a.from_day = v.from_day
WHERE v.kind = 'ed_visit'
