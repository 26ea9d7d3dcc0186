-- name: long_term_housing_funding
-- value: flag
-- unit: yes or no
-- window: none
-- measures: The Housing Support Plan names what will pay for housing in the long run.
-- unknown_when: nobody has said so
-- source: Transitional Rent eligibility
-- question: Does the Housing Support Plan name a lasting way to pay the rent?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'long_term_housing_funding'
