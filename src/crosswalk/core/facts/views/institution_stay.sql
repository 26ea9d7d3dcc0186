-- name: institution_stay
-- says: stays in hospitals, nursing facilities, jails, treatment and foster care that are open, expected to end, or over; short: at most 90 days
-- kept: yes

SELECT
  person_id, from_day, end_day, date_diff('day', from_day, coalesce(end_day, :on)) <= 90 AS short, proof
FROM hospital_stay
UNION ALL
SELECT
  person_id, from_day, end_day, date_diff('day', from_day, coalesce(end_day, :on)) <= 90 AS short, proof
FROM nursing_stay
UNION ALL
SELECT person_id, day AS from_day, day + 1 AS end_day, CAST(NULL AS BOOLEAN) AS short, proof
FROM custody_release
UNION ALL
SELECT
  s.person_id, s.entry AS from_day, s.entry + 1 AS end_day,
  CASE WHEN s.length_of_stay IN (2, 3, 10, 11) THEN TRUE WHEN s.length_of_stay IN (4, 5) THEN FALSE END AS short,
  s.proof
FROM project_stay AS s
WHERE s.living_situation BETWEEN 200 AND 299
UNION ALL
SELECT person_id, day AS from_day, CAST(NULL AS DATE) AS end_day, CAST(NULL AS BOOLEAN) AS short, proof
FROM living_now
WHERE "group" = 'institutional' AND day > :on - 90
