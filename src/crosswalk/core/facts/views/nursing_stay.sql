-- name: nursing_stay
-- says: stays in a skilled nursing facility, open ones included
-- kept: no

SELECT person_id, from_day, end_day, value AS length, proof
FROM plan_event
WHERE kind = 'snf_stay'
