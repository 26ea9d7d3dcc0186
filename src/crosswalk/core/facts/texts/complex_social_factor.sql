-- name: complex_social_factor
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: At least one complex social factor is known: food, housing, former foster youth, recent
--   release, no work, isolation, trauma.
-- unknown_when: none is recorded (never a no)
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27, 41-45
-- question: Does the person lack food, stable housing, transport or support, or had many adverse
--   childhood experiences?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'complex_social_factor'
