-- name: bed_night
-- says: nights in a night-by-night shelter
-- kept: yes

SELECT s.person_id, v.DateProvided AS day, s.project_name, s.enrollment_id, s.source,
  struct_pack(delivery := v.delivery, file := v.file, "row" := v."row", day := v.DateProvided, says := 'bed night in ' || coalesce(s.project_name, 'a shelter')) AS proof
FROM hmis_services AS v
JOIN project_stay AS s ON s.enrollment_id = v.EnrollmentID AND s.source = v.source
WHERE v.RecordType = 200 AND v.DateProvided <= :on
