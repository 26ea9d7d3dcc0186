-- name: ed_visits
-- value: number
-- unit: visits
-- window: months 6
-- measures: Emergency visits that could have been avoided: without those that ended in admission and
--   those known as not avoidable.
-- unknown_when: the person's plan sends no emergency visits
-- source: CalAIM ECM Policy Guide, January 2026, p. 19-21
-- question: How often was the person in an emergency department in the last six months, without being
--   admitted?
-- attestable: no
-- confidence: verified
-- extra: unknown_avoidability (number): how many of them nobody has judged

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'ed_visits'
