-- name: lacks_fixed_residence
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Lacks a fixed, regular and adequate nighttime residence: homeless situation in HMIS, a
--   Z59.0x diagnosis, or the plan's own flag.
-- unknown_when: neither HMIS, a diagnosis nor the plan says so within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (i)
-- question: Does the person have a regular place of their own to sleep?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'lacks_fixed_residence'
