-- name: contact
-- says: current living situations as recorded by whom, with the project
-- kept: no

SELECT
  c.*, s.project_name, s.project_type,
  'current living situation: ' || coalesce(g.meaning, 'HUD 3.12.1 code ' || CAST(c.CurrentLivingSituation AS VARCHAR)) AS told
FROM hmis_currentlivingsituation AS c
LEFT JOIN project_stay AS s ON s.enrollment_id = c.EnrollmentID AND s.source = c.source
LEFT JOIN living_situations AS g ON g.code = c.CurrentLivingSituation
WHERE c.InformationDate <= :on
