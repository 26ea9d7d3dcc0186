-- name: needs_recovery_place
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Needs a place to recover from illness or injury, but no longer a hospital.
-- unknown_when: nobody has said so
-- source: Community Supports reference, January 2026
-- question: Does the person need a safe place to recover, but no longer the hospital?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'needs_recovery_place'
