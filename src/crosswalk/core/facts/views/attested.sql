-- name: attested
-- says: the newest thing that somebody attested, by person and fact
-- kept: yes

SELECT person_id, code AS fact, value = 'yes' AS value, from_day AS day, [proof] AS evidence
FROM plan_event
WHERE kind = 'attestation' AND value IN ('yes', 'no')
QUALIFY row_number() OVER (PARTITION BY person_id, code ORDER BY from_day DESC, value) = 1
