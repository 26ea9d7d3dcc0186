-- name: age
-- value: number
-- unit: years
-- window: none
-- measures: Whole years lived on the day; the plan's birth date first, else the one in HMIS.
-- unknown_when: neither a plan nor HMIS has a birth date
-- source: CalAIM ECM Policy Guide, January 2026, p. 10-11 (adult: 21 or older on the decision day)
-- question: How old is the person?
-- attestable: no
-- confidence: verified

SELECT
  person_id,
  CAST(year(:on) - year(dob) - CASE WHEN month(:on) * 100 + day(:on) < month(dob) * 100 + day(dob) THEN 1 ELSE 0 END AS INTEGER) AS value,
  proof.day AS day,
  [proof] AS evidence
FROM birth_date
WHERE dob <= :on
