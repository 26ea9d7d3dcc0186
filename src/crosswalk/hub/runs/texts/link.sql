-- Pairs of records that are one person, that ask for a person's answer, or whose Medi-Cal numbers contradict each other.
SELECT l.left_source, l.left_id, l.right_source, l.right_id, a.person_id AS left_person_id, b.person_id AS right_person_id,
  l.probability, l.decision, l.decided_by, to_json(l.evidence)::VARCHAR AS evidence, coalesce(c.kind, '') AS conflict,
  kb.known_to AS known_to_too, ka.known_to, coalesce(ka.named, kb.named) AS named
FROM links AS l
JOIN persons AS a ON a.source = l.left_source AND a.source_id = l.left_id
JOIN persons AS b ON b.source = l.right_source AND b.source_id = l.right_id
JOIN known AS ka ON ka.person_id = a.person_id
JOIN known AS kb ON kb.person_id = b.person_id
LEFT JOIN (
  SELECT left_source, left_id, right_source, right_id, min(kind) AS kind FROM conflicts GROUP BY ALL
) AS c USING (left_source, left_id, right_source, right_id)
WHERE l.decision IN ('same', 'ask') OR c.kind IS NOT NULL
