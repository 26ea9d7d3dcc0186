-- What turned over with this run, a row for each organization that may see the person.
SELECT s.receiver AS organization_id, c.person_id, c.run, c."on", c.program, c.kind, c.after,
  '{' || array_to_string(c.because, ',') || '}' AS because, c.said, k.known_to, k.named
FROM turned_over AS c
JOIN known AS k USING (person_id)
JOIN (
  SELECT DISTINCT w.person_id, a.receiver FROM knows AS w JOIN sees AS a ON a.giver = w.id
) AS s USING (person_id)
WHERE c.program NOT IN (SELECT program FROM turns WHERE open_to_all)
