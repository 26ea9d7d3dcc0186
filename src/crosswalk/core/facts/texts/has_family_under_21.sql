-- name: has_family_under_21
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Belongs to a household with another member under 21 (HMIS household open in the window).
-- unknown_when: no HMIS household with known birth dates is open in the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 14
-- question: Does a child or youth under 21 live with the person as family?
-- attestable: yes
-- confidence: verified

SELECT
  m.person_id,
  CASE
    WHEN bool_or(coalesce(o.under_21, FALSE)) THEN TRUE
    WHEN bool_or(o.person_id IS NOT NULL AND o.dob IS NULL) THEN NULL
    ELSE FALSE
  END AS value,
  CAST(NULL AS DATE) AS day,
  array_agg(coalesce(o.proof, m.proof)) AS evidence
FROM household_member AS m
LEFT JOIN household_member AS o
  ON o.source = m.source AND o.household_id = m.household_id AND o.person_id <> m.person_id
GROUP BY m.person_id
