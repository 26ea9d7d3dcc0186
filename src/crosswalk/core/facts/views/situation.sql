-- name: situation
-- says: every dated HMIS statement about where a person lives, by HUD list 3.12.1; a stay that is open holds until it ends
-- kept: yes

SELECT
  person_id, CurrentLivingSituation AS code, InformationDate AS day, 'said' AS how, 4 AS rank, FALSE AS holds, project_name AS seen_by,
  struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := told) AS proof
FROM contact
WHERE CurrentLivingSituation >= 100
UNION ALL
-- HMIS asks adults and heads; who is in the household without an answer of that day lives where the head lives.
SELECT
  m.person_id, c.CurrentLivingSituation AS code, c.InformationDate AS day, 'said' AS how, 4 AS rank, FALSE AS holds,
  c.project_name AS seen_by,
  struct_pack(delivery := c.delivery, file := c.file, "row" := c."row", day := c.InformationDate, says := c.told || ' (of the head of the household)') AS proof
FROM contact AS c
JOIN project_stay AS h ON h.enrollment_id = c.EnrollmentID AND h.source = c.source AND h.relationship = 1
JOIN project_stay AS m ON m.source = h.source AND m.household_id = h.household_id AND m.relationship <> 1
LEFT JOIN contact AS own ON own.person_id = m.person_id AND own.InformationDate = c.InformationDate
WHERE c.CurrentLivingSituation >= 100 AND own.person_id IS NULL AND m.person_id <> h.person_id
  AND c.InformationDate >= m.entry AND (m.exit_day IS NULL OR c.InformationDate <= m.exit_day)
UNION ALL
SELECT
  s.person_id,
  CASE WHEN s.project_type IN (0, 1) THEN 101 WHEN s.project_type = 8 THEN 118 WHEN s.project_type = 2 THEN 302
    ELSE coalesce(s.living_situation, a.living_situation) END AS code,
  s.entry AS day,
  CASE WHEN s.project_type = 1 THEN 'night' ELSE 'entry' END AS how,
  CASE WHEN s.project_type IN (0, 1, 2, 8) THEN 3 ELSE 2 END AS rank,
  s.project_type IN (0, 2, 8) AND s.exit_day IS NULL AND m.person_id IS NULL AS holds,
  s.project_name AS seen_by,
  s.proof
FROM project_stay AS s
LEFT JOIN moved_in_now AS m ON m.person_id = s.person_id
LEFT JOIN (
  SELECT source, household_id, min(entry) AS entry, min(living_situation) AS living_situation
  FROM project_stay
  WHERE relationship = 1
  GROUP BY source, household_id
) AS a ON a.source = s.source AND a.household_id = s.household_id AND a.entry = s.entry
WHERE (s.project_type IN (0, 1, 2, 8) AND (m.person_id IS NULL OR s.entry < m.since))
  OR (s.project_type NOT IN (0, 1, 2, 8) AND coalesce(s.living_situation, a.living_situation) >= 100)
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
