-- name: inpatient_stays
-- value: number
-- unit: stays
-- window: months 6
-- measures: Hospital stays that touch the window, planned or not.
-- unknown_when: the person's plan sends no stays
-- source: CHW benefit (APL 24-006)
-- question: How often was the person in hospital?
-- attestable: no
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'inpatient_stays'
