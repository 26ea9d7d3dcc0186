-- name: hospital_and_snf_stays
-- value: number
-- unit: stays
-- window: months 6
-- measures: Hospital stays not known as planned, and nursing facility stays not known as long, that
--   began in the window; they add up.
-- unknown_when: the person's plan sends no stays
-- source: CalAIM ECM Policy Guide, January 2026, p. 19-21
-- question: How often was the person admitted to a hospital, unplanned, or to a nursing facility for a
--   short time?
-- attestable: no
-- confidence: verified
-- extra: unknown_kind (number): how many of them nobody has judged

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'hospital_and_snf_stays'
