-- One row a source record that is a person; of a member with several spans the newest.
SELECT k.person_id, p.source, p.source_id, coalesce(c.FirstName, '') AS first_name, coalesce(c.LastName, '') AS last_name,
  c.DOB AS born, '' AS sex, '' AS phone, '' AS address, c.delivery, c.file, c."row", h.holders, k.known_to, k.named
FROM persons AS p
JOIN known AS k USING (person_id)
JOIN held AS h USING (source, source_id)
JOIN in_client AS c ON c.source = p.source AND c.PersonalID = p.source_id
UNION ALL
SELECT k.person_id, p.source, p.source_id, coalesce(m.first_name, ''), coalesce(m.last_name, ''), m.dob,
  coalesce(m.sex, ''), coalesce(m.phone, ''), concat_ws(', ', m.address, m.city, m.zip), m.delivery, m.file, m."row",
  h.holders, k.known_to, k.named
FROM persons AS p
JOIN known AS k USING (person_id)
JOIN held AS h USING (source, source_id)
JOIN (
  SELECT * FROM in_members QUALIFY row_number() OVER (PARTITION BY source, cin ORDER BY coverage_from DESC, "row") = 1
) AS m ON m.source = p.source AND m.cin = p.source_id
UNION ALL
SELECT k.person_id, p.source, p.source_id, coalesce(a.FirstName, ''), coalesce(a.LastName, ''), a.DOB, '',
  coalesce(a.Phone, ''), coalesce(a.ZIP, ''), a.delivery, a.file, a."row", h.holders, k.known_to, k.named
FROM persons AS p
JOIN known AS k USING (person_id)
JOIN held AS h USING (source, source_id)
JOIN in_added AS a ON a.source = p.source AND a.PersonalID = p.source_id
