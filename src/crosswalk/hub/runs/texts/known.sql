-- Which organizations know of a record: those whose files hold it, and those that serve its person; and the few workers for whom a restricted person is there.
CREATE OR REPLACE TABLE knows AS
SELECT * FROM (
  SELECT p.person_id, p.source, p.source_id, o.id FROM persons AS p JOIN organizations AS o ON o.source = p.source
  UNION
  SELECT p.person_id, p.source, p.source_id, o.id FROM persons AS p JOIN organizations AS o ON p.source = 'hub:' || o.id
  UNION
  SELECT p.person_id, p.source, p.source_id, o.id
  FROM persons AS p
  JOIN in_enrollment AS e ON e.source = p.source AND e.PersonalID = p.source_id
  JOIN in_project AS j ON j.source = e.source AND j.ProjectID = e.ProjectID
  JOIN in_organization AS g ON g.source = j.source AND g.OrganizationID = j.OrganizationID
  JOIN organizations AS o ON o.hmis_name = g.OrganizationName
  WHERE e.DateDeleted IS NULL
  UNION
  SELECT p.person_id, p.source, p.source_id, o.id
  FROM persons AS p
  JOIN in_events AS v ON v.source = p.source AND v.cin = p.source_id
  JOIN organizations AS o ON o.hmis_name = v.value OR o.name = v.value
  WHERE v.kind = 'enrollment' AND coalesce(v.end_day, DATE '9999-12-31') > :on
);
CREATE OR REPLACE TABLE held AS
SELECT source, source_id, '{' || string_agg(id::VARCHAR, ',' ORDER BY id) || '}' AS holders
FROM knows GROUP BY source, source_id;
CREATE OR REPLACE TABLE known AS
SELECT person_id, '{' || string_agg(id::VARCHAR, ',' ORDER BY id) || '}' AS known_to, any_value(r.named) AS named
FROM (SELECT DISTINCT person_id, id FROM knows) LEFT JOIN restricted AS r USING (person_id)
GROUP BY person_id
