-- name: custody_release
-- says: releases from custody; a day ahead is expected
-- kept: no

SELECT person_id, code, from_day AS day, proof
FROM plan_event
WHERE kind = 'custody_release'
