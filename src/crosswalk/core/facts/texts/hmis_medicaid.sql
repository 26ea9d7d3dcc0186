-- name: hmis_medicaid
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Medicaid (in California: Medi-Cal) as the person said in HMIS, newest answer.
-- unknown_when: no income and benefits record answers it
-- source: HUD HMIS Data Standards FY2026, 4.04
-- question: Does the person have Medi-Cal?
-- attestable: no
-- confidence: verified
-- extra: said_on (date): the day of that answer

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'hmis_medicaid'
