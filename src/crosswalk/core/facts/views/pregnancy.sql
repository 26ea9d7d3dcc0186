-- name: pregnancy
-- says: pregnancies, from the first known day to the day they ended
-- kept: no

SELECT person_id, from_day, end_day, proof
FROM plan_event
WHERE kind = 'pregnancy'
