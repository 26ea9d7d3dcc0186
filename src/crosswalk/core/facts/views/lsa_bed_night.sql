-- name: lsa_bed_night
-- says: bed nights of the cleaned night-by-night stays, from the entry until before the exit
-- kept: yes

SELECT DISTINCT s.person_id, s.source, s.enrollment_id, v.DateProvided AS day
FROM lsa_stay AS s
JOIN hmis_services AS v ON v.source = s.source AND v.EnrollmentID = s.enrollment_id
WHERE s.project_type = 1
  AND v.RecordType = 200
  AND v.DateProvided >= greatest(:lookback, s.entry)
  AND v.DateProvided <= :on
  AND (s.exit_day IS NULL OR v.DateProvided < s.exit_day)
