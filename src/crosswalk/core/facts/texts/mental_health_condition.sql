-- name: mental_health_condition
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: Any mental disorder, diagnosed or suspected: a diagnosis F20 to F99, a county mental health
--   program, or HMIS.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, p. 31-33; APL 24-006
-- question: Does the person have, or may have, a mental health condition?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'mental_health_condition'
