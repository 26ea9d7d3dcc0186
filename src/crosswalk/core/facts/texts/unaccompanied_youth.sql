-- name: unaccompanied_youth
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Under 25 and head of an HMIS household in which nobody is older than 24.
-- unknown_when: no HMIS household is open in the window, or the age is not known
-- source: CalAIM ECM Policy Guide, January 2026, p. 14; 24 CFR 91.5 (3)
-- question: Is the young person on their own, without a parent or guardian?
-- attestable: yes
-- confidence: verified

SELECT
  m.person_id,
  CASE
    WHEN bool_or(m.over_24) OR bool_or(coalesce(o.over_24, FALSE)) THEN FALSE
    WHEN bool_or(m.dob IS NULL) OR bool_or(o.person_id IS NOT NULL AND o.dob IS NULL) THEN NULL
    ELSE bool_or(m.relationship = 1)
  END AS value,
  CAST(NULL AS DATE) AS day,
  array_agg(m.proof) AS evidence
FROM household_member AS m
LEFT JOIN household_member AS o
  ON o.source = m.source AND o.household_id = m.household_id AND o.person_id <> m.person_id
GROUP BY m.person_id
