-- name: bh_ed_visits
-- value: number
-- unit: visits
-- window: months 12
-- measures: Emergency visits with a mental illness or substance use diagnosis on the same or the next
--   day.
-- unknown_when: the person's plan sends no emergency visits
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: How often was the person in an emergency department for mental health or substance use?
-- attestable: no
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'bh_ed_visits'
