-- name: contact
-- says: current living situations as recorded by whom, with the project
-- kept: no

SELECT c.*, s.project_name, s.project_type
FROM hmis_currentlivingsituation AS c
LEFT JOIN project_stay AS s ON s.enrollment_id = c.EnrollmentID AND s.source = c.source
WHERE c.InformationDate <= :on
