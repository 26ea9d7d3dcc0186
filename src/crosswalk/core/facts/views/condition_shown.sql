-- name: condition_shown
-- says: diagnoses by the condition groups of the map that they belong to
-- kept: yes

SELECT d.person_id, c.condition, d.from_day AS day, d.proof
FROM plan_event AS d
JOIN (
  SELECT DISTINCT e.code, m.condition
  FROM (SELECT DISTINCT code FROM plan_event WHERE kind = 'diagnosis') AS e
  JOIN icd10_conditions AS m ON starts_with(upper(replace(e.code, '.', '')), m.prefix)
) AS c ON c.code = d.code
WHERE d.kind = 'diagnosis'
