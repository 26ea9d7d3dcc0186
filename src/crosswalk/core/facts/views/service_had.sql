-- name: service_had
-- says: ECM and Community Supports that were authorized or received
-- kept: no

SELECT person_id, code, from_day, proof
FROM plan_event
WHERE kind = 'enrollment' OR (kind = 'authorization' AND value IN ('approved', 'ended'))
