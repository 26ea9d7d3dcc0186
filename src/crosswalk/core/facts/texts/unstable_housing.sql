-- name: unstable_housing
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Housing is missing or unsafe: homeless in HMIS or by diagnosis, Z59.1 or Z59.8x, the plan's
--   flag, or about to be lost.
-- unknown_when: nothing about housing is recorded within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: Is the person's housing stable?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'unstable_housing'
