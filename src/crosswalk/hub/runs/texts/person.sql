-- One row a person: the name used, the plan's name where it differs, age, language, county, where last seen.
WITH client AS (
  SELECT p.person_id, trim(concat_ws(' ', c.FirstName, c.LastName)) AS name, c.DOB AS born, c.DateUpdated AS stamp
  FROM persons AS p JOIN in_client AS c ON c.source = p.source AND c.PersonalID = p.source_id
  WHERE c.DateDeleted IS NULL AND NOT regexp_matches(coalesce(c.LastName, ''), '^[0-9a-fA-F]{32,}$')
), member AS (
  SELECT p.person_id, trim(concat_ws(' ', coalesce(m.preferred_name, m.first_name), m.last_name)) AS name,
    m.dob AS born, m.language, m.county, m.coverage_from AS stamp
  FROM persons AS p JOIN in_members AS m ON m.source = p.source AND m.cin = p.source_id
), used AS (
  SELECT person_id, arg_max(name, stamp) FILTER (name <> '') AS name, arg_max(born, stamp) AS born FROM client GROUP BY ALL
), enrolled AS (
  SELECT person_id, arg_max(name, stamp) FILTER (name <> '') AS name, arg_max(born, stamp) AS born,
    arg_max(language, stamp) AS language, arg_max(county, stamp) AS county
  FROM member GROUP BY ALL
), written AS (
  SELECT p.person_id, arg_max(trim(concat_ws(' ', a.FirstName, a.LastName)), a.DateUpdated) AS name,
    arg_max(a.DOB, a.DateUpdated) AS born, arg_max(a.Language, a.DateUpdated) AS language,
    arg_max(a.County, a.DateUpdated) AS county
  FROM persons AS p JOIN in_added AS a ON a.source = p.source AND a.PersonalID = p.source_id GROUP BY ALL
), seen AS (
  SELECT p.person_id, max(l.InformationDate) AS day, arg_max(j.ProjectName, l.InformationDate) AS place,
    arg_max(l.source, l.InformationDate) AS source
  FROM persons AS p
  JOIN in_living AS l ON l.source = p.source AND l.PersonalID = p.source_id
  LEFT JOIN in_enrollment AS e ON e.source = l.source AND e.EnrollmentID = l.EnrollmentID
  LEFT JOIN in_project AS j ON j.source = e.source AND j.ProjectID = e.ProjectID
  WHERE l.DateDeleted IS NULL
  GROUP BY ALL
)
SELECT k.person_id,
  coalesce(nullif(u.name, ''), m.name, w.name, '') AS name,
  CASE WHEN lower(m.name) <> lower(u.name) THEN m.name ELSE '' END AS other_name,
  coalesce(m.born, u.born, w.born) AS born, coalesce(m.language, w.language, '') AS language,
  coalesce(m.county, w.county, '') AS county,
  s.day AS seen_on, coalesce(s.place, '') AS seen_by, coalesce(s.source, '') AS seen_source, k.known_to, k.named
FROM known AS k
LEFT JOIN used AS u USING (person_id)
LEFT JOIN enrolled AS m USING (person_id)
LEFT JOIN written AS w USING (person_id)
LEFT JOIN seen AS s USING (person_id)
