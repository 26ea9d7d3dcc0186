-- name: ed_visits_all
-- value: number
-- unit: visits
-- window: months 12
-- measures: Emergency visits, all of them; one that ended in admission is left to the stay.
-- unknown_when: the person's plan sends no emergency visits
-- source: CalAIM ECM Policy Guide, January 2026, p. 19-21, 24
-- question: How often was the person in an emergency department?
-- attestable: no
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'ed_visits_all'
