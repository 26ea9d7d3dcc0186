-- name: reported
-- says: for each member: which kinds of events a plan of theirs sends
-- kept: yes

SELECT
  s.person_id,
  bool_or(r.emergency_visits) AS emergency_visits,
  bool_or(r.hospital_stays) AS hospital_stays,
  bool_or(r.nursing_stays) AS nursing_stays,
  bool_or(r.authorizations) AS authorizations,
  bool_or(r.enrollments) AS enrollments
FROM person_source AS s
JOIN plan_reports AS r ON r.source = s.source
GROUP BY s.person_id
