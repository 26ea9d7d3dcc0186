-- name: level_of_care
-- says: levels of care that were determined
-- kept: no

SELECT person_id, code, from_day, end_day, proof
FROM plan_event
WHERE kind = 'level_of_care'
