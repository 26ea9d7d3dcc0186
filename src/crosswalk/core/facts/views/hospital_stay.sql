-- name: hospital_stay
-- says: stays in a hospital, open ones included
-- kept: no

SELECT person_id, from_day, end_day, value AS planned, proof
FROM plan_event
WHERE kind = 'inpatient_stay'
