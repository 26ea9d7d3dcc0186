-- name: housed_since_homeless
-- value: number
-- unit: months
-- window: none
-- measures: Whole months since the person went from homelessness into housing and stayed housed.
-- unknown_when: no move from homelessness into housing is recorded, or the person is homeless again
-- source: Community Supports Policy Guide, Day Habilitation (24 months)
-- question: When did the person move from homelessness into housing?
-- attestable: no
-- confidence: unverified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'housed_since_homeless'
