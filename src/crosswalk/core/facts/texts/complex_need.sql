-- name: complex_need
-- value: flag
-- unit: yes or no
-- window: months 15
-- measures: At least one complex physical, behavioral or developmental need: attested, a diagnosis of a
--   complex group, or a disability in HMIS.
-- unknown_when: no such need is recorded (never a no: absence in records proves nothing)
-- source: CalAIM ECM Policy Guide, January 2026, p. 13
-- question: Does the person have at least one complex physical, behavioral or developmental health
--   need?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'complex_need'
