-- name: situation
-- says: every dated HMIS statement about where a person lives, by HUD list 3.12.1; a stay that is open holds until it ends
-- kept: yes

SELECT
  person_id, CurrentLivingSituation AS code, InformationDate AS day, 'said' AS how, 4 AS rank, FALSE AS holds, project_name AS seen_by,
  struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := 'current living situation ' || CAST(CurrentLivingSituation AS VARCHAR)) AS proof
FROM contact
WHERE CurrentLivingSituation >= 100
UNION ALL
SELECT
  s.person_id,
  CASE WHEN s.project_type IN (0, 1) THEN 101 WHEN s.project_type = 8 THEN 118 WHEN s.project_type = 2 THEN 302
    ELSE s.living_situation END AS code,
  s.entry AS day,
  CASE WHEN s.project_type = 1 THEN 'night' ELSE 'entry' END AS how,
  CASE WHEN s.project_type IN (0, 1, 2, 8) THEN 3 ELSE 2 END AS rank,
  s.project_type IN (0, 2, 8) AND s.exit_day IS NULL AND m.person_id IS NULL AS holds,
  s.project_name AS seen_by,
  s.proof
FROM project_stay AS s
LEFT JOIN moved_in_now AS m ON m.person_id = s.person_id
WHERE (s.project_type IN (0, 1, 2, 8) AND (m.person_id IS NULL OR s.entry < m.since))
  OR (s.project_type NOT IN (0, 1, 2, 8) AND s.living_situation >= 100)
UNION ALL
SELECT person_id, 435 AS code, move_in AS day, 'moved in' AS how, 5 AS rank, exit_day IS NULL AS holds, project_name AS seen_by, proof
FROM project_stay
WHERE move_in IS NOT NULL
UNION ALL
SELECT b.person_id, 101 AS code, b.day, 'night' AS how, 3 AS rank, FALSE AS holds, b.project_name AS seen_by, b.proof
FROM bed_night AS b
LEFT JOIN moved_in_now AS m ON m.person_id = b.person_id
WHERE m.person_id IS NULL OR b.day < m.since
UNION ALL
SELECT s.person_id, s.destination AS code, s.exit_day AS day, 'left' AS how, 1 AS rank, FALSE AS holds,
  s.project_name AS seen_by, s.exit_proof AS proof
FROM project_stay AS s
LEFT JOIN (
  SELECT DISTINCT person_id FROM project_stay WHERE exit_day IS NULL AND (project_type IN (0, 2, 8) OR move_in IS NOT NULL)
) AS o ON o.person_id = s.person_id
WHERE s.exit_day IS NOT NULL AND (s.destination >= 100 OR s.destination = 24 OR o.person_id IS NULL)
