-- name: youth_trauma_access
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Under 21 and at high risk from trauma: homeless, in child welfare, or in juvenile justice.
-- unknown_when: none of these is recorded, or the age is not known
-- source: CalAIM ECM Policy Guide, January 2026, App. B
-- question: Has the child or youth been homeless, in child welfare or in juvenile justice, or a high
--   score on a trauma screening?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'youth_trauma_access'
