-- name: service_authorization
-- says: requests for and decisions on ECM and Community Supports
-- kept: no

SELECT person_id, code, from_day, end_day, value, proof
FROM plan_event
WHERE kind = 'authorization'
