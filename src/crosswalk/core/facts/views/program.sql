-- name: program
-- says: programs held
-- kept: no

SELECT person_id, code, from_day, end_day, proof
FROM plan_event
WHERE kind = 'program'
