-- name: bh_stays
-- value: number
-- unit: stays
-- window: months 12
-- measures: Hospital stays with a mental illness or substance use diagnosis during the stay.
-- unknown_when: the person's plan sends no stays
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: How often was the person in hospital for mental health or substance use?
-- attestable: no
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'bh_stays'
