-- name: housing_day
-- says: for each person and day with an event: homeless or housed (housed wins a tie), as the active list of HUD Data Lab counts
-- kept: yes

SELECT person_id, day, bool_or(housed) AS housed, min(proof) AS proof
FROM (
  SELECT person_id, InformationDate AS day, CurrentLivingSituation >= 400 AS housed,
    struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := told) AS proof
  FROM contact
  WHERE CurrentLivingSituation BETWEEN 100 AND 199 OR CurrentLivingSituation BETWEEN 400 AND 499
  UNION ALL
  SELECT s.person_id, s.entry AS day, FALSE AS housed, s.proof
  FROM project_stay AS s
  LEFT JOIN (
    SELECT DISTINCT source, EnrollmentID FROM hmis_healthanddv WHERE CurrentlyFleeing = 1 AND InformationDate <= :on
  ) AS f ON f.EnrollmentID = s.enrollment_id AND f.source = s.source
  WHERE s.living_situation BETWEEN 100 AND 199 OR s.project_type IN (0, 1, 2, 4, 8) OR f.EnrollmentID IS NOT NULL
  UNION ALL
  SELECT person_id, move_in AS day, TRUE AS housed, proof FROM project_stay WHERE move_in IS NOT NULL
  UNION ALL
  SELECT s.person_id, v.DateProvided AS day, FALSE AS housed,
    struct_pack(delivery := v.delivery, file := v.file, "row" := v."row", day := v.DateProvided, says := 'service in ' || coalesce(s.project_name, 'a homeless project')) AS proof
  FROM hmis_services AS v
  JOIN project_stay AS s ON s.enrollment_id = v.EnrollmentID AND s.source = v.source
  WHERE s.project_type IN (0, 1, 2, 4, 8) AND v.DateProvided <= :on
  UNION ALL
  SELECT person_id, exit_day AS day, destination BETWEEN 400 AND 499 AS housed, exit_proof AS proof
  FROM project_stay
  WHERE exit_day IS NOT NULL
    AND (destination BETWEEN 400 AND 499 OR destination BETWEEN 100 AND 199 OR project_type IN (0, 1, 2, 4, 8))
  UNION ALL
  SELECT person_id, :on AS day, move_in IS NOT NULL AS housed, proof
  FROM project_stay
  WHERE exit_day IS NULL AND (move_in IS NOT NULL OR project_type IN (0, 2, 8))
) AS one
GROUP BY person_id, day
