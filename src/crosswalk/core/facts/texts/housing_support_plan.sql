-- name: housing_support_plan
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Has a Housing Support Plan.
-- unknown_when: nobody has said so
-- source: Community Supports reference, January 2026
-- question: Is there a Housing Support Plan for the person?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'housing_support_plan'
