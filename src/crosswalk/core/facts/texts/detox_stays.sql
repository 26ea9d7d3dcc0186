-- name: detox_stays
-- value: number
-- unit: stays
-- window: months 12
-- measures: Stays for withdrawal: hospital stays with a substance use diagnosis, or HMIS stays in a
--   detox facility.
-- unknown_when: the person's plan sends no stays
-- source: CHW benefit (APL 24-006)
-- question: How often did the person stay for detox in the last 12 months?
-- attestable: no
-- confidence: secondary

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'detox_stays'
