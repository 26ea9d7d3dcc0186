-- name: plan_event
-- says: what happened to members, until the day; an expected release may lie ahead
-- kept: yes

SELECT
  s.person_id,
  e.plan, e.kind, e.code, e.from_day, e.end_day, e.value,
  CASE WHEN e.kind = 'outreach' THEN e."by" END AS said_by,
  struct_pack(
    delivery := e.delivery,
    file := e.file,
    "row" := e."row",
    day := e.from_day,
    says := concat_ws(' ', replace(e.kind, '_', ' '), e.code, e.value, 'said by ' || e."by")
  ) AS proof
FROM in_events AS e
JOIN person_source AS s ON s.source_id = e.cin AND s.source = e.source
WHERE e.from_day <= :on OR e.kind = 'custody_release'
