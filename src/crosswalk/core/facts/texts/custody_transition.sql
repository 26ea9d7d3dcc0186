-- name: custody_transition
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: In transition from custody: a release is expected within the window, or HMIS says jail or
--   prison now.
-- unknown_when: no expected release is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 31-33 (pre-release window of 90 days)
-- question: Is the person about to be released from jail, prison or a youth facility?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'custody_transition'
