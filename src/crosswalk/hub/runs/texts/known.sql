-- Which organizations know of a person: those whose files hold a record, and those that serve the person.
CREATE OR REPLACE TABLE knows AS
SELECT * FROM (
  SELECT p.person_id, o.id FROM persons AS p JOIN organizations AS o ON o.source = p.source
  UNION
  SELECT p.person_id, o.id
  FROM persons AS p
  JOIN in_enrollment AS e ON e.source = p.source AND e.PersonalID = p.source_id
  JOIN in_project AS j ON j.source = e.source AND j.ProjectID = e.ProjectID
  JOIN in_organization AS g ON g.source = j.source AND g.OrganizationID = j.OrganizationID
  JOIN organizations AS o ON o.hmis_name = g.OrganizationName
  WHERE e.DateDeleted IS NULL
  UNION
  SELECT p.person_id, o.id
  FROM persons AS p
  JOIN in_events AS v ON v.source = p.source AND v.cin = p.source_id
  JOIN organizations AS o ON o.hmis_name = v.value OR o.name = v.value
  WHERE v.kind = 'enrollment' AND coalesce(v.end_day, DATE '9999-12-31') > :on
);
CREATE OR REPLACE TABLE known AS
SELECT person_id, '{' || string_agg(id::VARCHAR, ',' ORDER BY id) || '}' AS known_to, NULL::VARCHAR AS named
FROM knows GROUP BY person_id
