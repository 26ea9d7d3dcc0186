-- name: foster_care_recent
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: In foster care, in any state, at some time within the window.
-- unknown_when: no placement within the window is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49
-- question: Was the child or youth in foster care in the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'foster_care_recent'
