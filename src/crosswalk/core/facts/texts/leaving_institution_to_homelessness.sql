-- name: leaving_institution_to_homelessness
-- value: flag
-- unit: yes or no
-- window: days 30
-- measures: In or just out of a hospital, nursing facility, jail, treatment or foster care, and
--   homeless before; any length of stay (DHCS).
-- unknown_when: no stay in an institution is known, or the place before it
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (iv)
-- question: Will the person leave (or has just left) a hospital, jail or other institution with nowhere
--   to live?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'leaving_institution_to_homelessness'
