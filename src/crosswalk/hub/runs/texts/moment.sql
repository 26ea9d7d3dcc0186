-- The time line of persons whom HMIS knows or who are on the list: what happened, from each source, with its row.
WITH shown AS (
  SELECT person_id FROM listed
  UNION
  SELECT p.person_id FROM persons AS p JOIN in_client AS c ON c.source = p.source AND c.PersonalID = p.source_id
), moments AS (
  SELECT p.person_id, e.EntryDate AS day, x.ExitDate AS until, 'stay' AS kind, j.ProjectType::VARCHAR AS code,
    '' AS value, j.ProjectName AS place, e.source, p.source_id, e.file, e."row"
  FROM persons AS p
  JOIN in_enrollment AS e ON e.source = p.source AND e.PersonalID = p.source_id
  LEFT JOIN in_exit AS x ON x.source = e.source AND x.EnrollmentID = e.EnrollmentID AND x.DateDeleted IS NULL
  LEFT JOIN in_project AS j ON j.source = e.source AND j.ProjectID = e.ProjectID
  WHERE e.DateDeleted IS NULL
  UNION ALL
  SELECT p.person_id, l.InformationDate, NULL, 'living_situation', l.CurrentLivingSituation::VARCHAR, '', j.ProjectName,
    l.source, p.source_id, l.file, l."row"
  FROM persons AS p
  JOIN in_living AS l ON l.source = p.source AND l.PersonalID = p.source_id
  LEFT JOIN in_enrollment AS e ON e.source = l.source AND e.EnrollmentID = l.EnrollmentID
  LEFT JOIN in_project AS j ON j.source = e.source AND j.ProjectID = e.ProjectID
  WHERE l.DateDeleted IS NULL
  UNION ALL
  SELECT p.person_id, v.from_day, v.end_day, v.kind, coalesce(v.code, ''), coalesce(v.value, ''), coalesce(v."by", ''),
    v.source, p.source_id, v.file, v."row"
  FROM persons AS p
  JOIN in_events AS v ON v.source = p.source AND v.cin = p.source_id
)
SELECT m.person_id, m.day, m.until, m.kind, coalesce(m.code, '') AS code, m.value, coalesce(m.place, '') AS place, m.source,
  m.source_id, m.file, m."row", k.known_to, k.named
FROM moments AS m JOIN shown USING (person_id) JOIN known AS k USING (person_id)
WHERE m.day IS NOT NULL
