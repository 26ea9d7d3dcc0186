-- name: service_enrollment
-- says: being served by ECM or a Community Support
-- kept: no

SELECT person_id, code, from_day, end_day, value AS provider, proof
FROM plan_event
WHERE kind = 'enrollment'
