-- name: deposit_used
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Has had Housing Deposits, ever.
-- unknown_when: the person's plan sends neither enrollments nor authorizations
-- source: Community Supports, Housing Deposits (once per lifetime)
-- question: Has the person ever had Housing Deposits from a plan?
-- attestable: yes
-- confidence: secondary

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'deposit_used'
