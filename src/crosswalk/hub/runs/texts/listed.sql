-- One row a person on the work list of each organization that may see them: likely for something, or a single answer away from it, with the next step.
CREATE OR REPLACE TABLE listed AS
WITH acting AS (
  SELECT f.*, row_number() OVER (PARTITION BY f.person_id ORDER BY t.kind, f.rank, t.among, f.program) AS turn
  FROM acted AS f JOIN turns AS t USING (program)
  WHERE f.answer <> 'not_met' AND NOT t.open_to_all
), programs AS (
  SELECT person_id, min(rank) AS place,
    list(program ORDER BY turn) FILTER (answer = 'met') AS met,
    list(program ORDER BY turn) FILTER (answer = 'unknown') AS open,
    arg_min(program, turn) FILTER (answer = 'met' AND held = 'approved') AS start_program,
    arg_min(program, turn) FILTER (answer = 'met' AND held IS NULL) AS refer_program,
    arg_min(program, turn) FILTER (answer = 'met' AND held = 'requested') AS chase_program,
    arg_min(held_by, turn) FILTER (answer = 'met' AND held = 'requested') AS chase_with,
    arg_min(program, turn) FILTER (answer = 'unknown' AND held IS NULL) AS ask_program,
    arg_min(questions[1], turn) FILTER (answer = 'unknown' AND held IS NULL) AS ask_words,
    max("on") AS since
  FROM acting
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
