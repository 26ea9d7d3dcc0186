-- One row a person on the work list of each organization that may see them: likely for something, or a single answer away from it, with the next step.
CREATE OR REPLACE TABLE listed AS
WITH programs AS (
  SELECT person_id, min(rank) AS place,
    list(program ORDER BY rank, program) FILTER (answer = 'met') AS met,
    list(program ORDER BY rank, program) FILTER (answer = 'unknown') AS open,
    arg_min(program, rank) FILTER (answer = 'met' AND held = 'approved') AS start_program,
    arg_min(program, rank) FILTER (answer = 'met' AND held IS NULL) AS refer_program,
    arg_min(program, rank) FILTER (answer = 'met' AND held = 'requested') AS chase_program,
    arg_min(held_by, rank) FILTER (answer = 'met' AND held = 'requested') AS chase_with,
    arg_min(program, rank) FILTER (answer = 'unknown' AND held IS NULL) AS ask_program,
    arg_min(questions[1], rank) FILTER (answer = 'unknown' AND held IS NULL) AS ask_words,
    max("on") AS since
  FROM acted
  WHERE answer <> 'not_met' AND program NOT IN (SELECT program FROM open_to_all)
  GROUP BY person_id
), plan AS (
  SELECT p.person_id, arg_max(m.plan, m.coverage_from) AS plan
  FROM persons AS p JOIN in_members AS m ON m.source = p.source AND m.cin = p.source_id
  WHERE m.coverage_from <= :on AND coalesce(m.coverage_end, DATE '9999-12-31') > :on
  GROUP BY ALL
)
SELECT s.receiver AS organization_id, g.person_id, g.place, coalesce(c.county, '') AS county, coalesce(plan.plan, '') AS plan,
  '{' || array_to_string(coalesce(g.met, []), ',') || '}' AS met,
  '{' || array_to_string(coalesce(g.open, []), ',') || '}' AS open,
  g.since,
  CASE WHEN start_program IS NOT NULL THEN 'start' WHEN refer_program IS NOT NULL THEN 'refer'
    WHEN chase_program IS NOT NULL THEN 'chase' WHEN ask_program IS NOT NULL THEN 'ask' ELSE 'none' END AS step,
  coalesce(start_program, refer_program, chase_program, ask_program, '') AS step_program,
  coalesce(CASE WHEN start_program IS NULL AND refer_program IS NULL
    THEN CASE WHEN chase_program IS NOT NULL THEN chase_with ELSE ask_words END END, '') AS step_words,
  k.known_to, k.named
FROM programs AS g JOIN known AS k USING (person_id)
JOIN (
  SELECT DISTINCT w.person_id, a.receiver FROM knows AS w JOIN sees AS a ON a.giver = w.id
) AS s USING (person_id)
LEFT JOIN plan USING (person_id)
LEFT JOIN (
  SELECT p.person_id, arg_max(m.county, m.coverage_from) AS county
  FROM persons AS p JOIN in_members AS m ON m.source = p.source AND m.cin = p.source_id GROUP BY ALL
) AS c USING (person_id)
