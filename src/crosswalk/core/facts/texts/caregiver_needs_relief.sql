-- name: caregiver_needs_relief
-- value: flag
-- unit: yes or no
-- window: none
-- measures: An unpaid caregiver needs relief.
-- unknown_when: nobody has said so
-- source: Community Supports reference, January 2026
-- question: Does somebody care for the person unpaid who needs a break?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'caregiver_needs_relief'
