-- name: foster_care
-- says: foster care and what follows it
-- kept: no

SELECT person_id, code, from_day, end_day, proof
FROM plan_event
WHERE kind = 'foster_care'
