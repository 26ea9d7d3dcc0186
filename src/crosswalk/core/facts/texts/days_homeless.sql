-- name: days_homeless
-- value: number
-- unit: days
-- window: none
-- measures: Days homeless without a break of seven nights or more, until the last day seen homeless.
-- unknown_when: HMIS holds no homeless night of the person in three years
-- source: HUD LSA specifications, 5.9; HUD 3.917
-- question: Since when has the person been homeless?
-- attestable: no
-- confidence: verified
-- extra: since (date): first of these days
-- extra: last_day (date): last of these days

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'days_homeless'
