-- name: last_seen
-- value: date
-- unit: day
-- window: none
-- measures: Last day somebody saw or spoke with the person, where and by whom.
-- unknown_when: nobody has recorded a contact
-- source: HUD HMIS Data Standards FY2026, 4.12, 4.14
-- question: When and where was the person last seen?
-- attestable: no
-- confidence: verified
-- extra: place (code): HUD 3.12.1
-- extra: seen_by (text): project or organization

SELECT
  person_id, day AS value, day, [proof] AS evidence, CAST(code AS VARCHAR) AS place, seen_by
FROM (
  SELECT person_id, day, code, seen_by, proof
  FROM situation
  WHERE how <> 'moved in'
  UNION ALL
  SELECT
    s.person_id, v.DateProvided AS day, CAST(NULL AS INTEGER) AS code, s.project_name AS seen_by,
    struct_pack(delivery := v.delivery, file := v.file, "row" := v."row", day := v.DateProvided, says := 'service in ' || coalesce(s.project_name, 'a project')) AS proof
  FROM hmis_services AS v
  JOIN project_stay AS s ON s.enrollment_id = v.EnrollmentID AND s.source = v.source
  WHERE v.DateProvided <= :on
  UNION ALL
  SELECT person_id, from_day AS day, CAST(NULL AS INTEGER) AS code, said_by AS seen_by, proof
  FROM plan_event
  WHERE kind = 'outreach' AND value = 'reached'
) AS contacts
QUALIFY row_number() OVER (
  PARTITION BY person_id ORDER BY day DESC, code IS NULL, code, seen_by
) = 1
