-- name: household_member
-- says: people who share an HMIS household with an open stay in the last year, with their age on the day
-- kept: yes

SELECT s.person_id, s.source, s.household_id, s.relationship, b.dob, s.proof,
  b.dob > :on - INTERVAL 21 YEAR AS under_21,
  b.dob <= :on - INTERVAL 25 YEAR AS over_24
FROM project_stay AS s
LEFT JOIN birth_date AS b ON b.person_id = s.person_id
WHERE s.exit_day IS NULL OR s.exit_day > :on - INTERVAL 12 MONTH
