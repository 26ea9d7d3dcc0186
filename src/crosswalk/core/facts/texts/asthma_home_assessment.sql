-- name: asthma_home_assessment
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Had an in-home asthma trigger assessment within the window.
-- unknown_when: nobody has said so within the window
-- source: Community Supports, Asthma Remediation from 2026-01-01
-- question: Has somebody looked for asthma triggers in the person's home in the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'asthma_home_assessment' AND day BETWEEN :since AND :on
