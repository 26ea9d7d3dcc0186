-- Who is covered by a plan's newest file and was not by the one before it, or was and is not; a first file changes nothing.
WITH aged AS (
  SELECT plan, delivery, day, row_number() OVER (PARTITION BY plan ORDER BY day DESC, sequence DESC) AS age FROM told
), named AS (
  SELECT a.age, a.plan, m.source, m.cin, a.day, a.delivery,
    bool_or(m.coverage_from <= a.day AND coalesce(m.coverage_end, DATE '9999-12-31') > a.day) AS covered
  FROM told_members AS m JOIN aged AS a USING (plan, delivery)
  WHERE a.age <= 2
  GROUP BY ALL
), beside AS (
  SELECT coalesce(n.plan, b.plan) AS plan, coalesce(n.source, b.source) AS source, coalesce(n.cin, b.cin) AS cin,
    n.covered AS covers, b.covered AS covered
  FROM (SELECT * FROM named WHERE age = 1) AS n
  FULL JOIN (SELECT * FROM named WHERE age = 2) AS b ON b.plan = n.plan AND b.cin = n.cin
), changed AS (
  SELECT plan, source, cin,
    CASE WHEN covers AND covered IS NOT TRUE THEN 'came' WHEN covers IS NULL THEN 'unnamed' ELSE 'ended' END AS kind
  FROM beside
  WHERE covers IS DISTINCT FROM covered AND (covers OR covered) AND plan IN (SELECT plan FROM aged WHERE age = 2)
), others AS (
  SELECT p.person_id, n.plan, max(n.age) FILTER (n.covered) AS age FROM named AS n
  JOIN persons AS p ON p.source = n.source AND p.source_id = n.cin
  GROUP BY ALL
)
SELECT k.person_id, a.day, c.kind, c.plan, coalesce(min(o.plan), '') AS other_plan, a.delivery, k.known_to, k.named
FROM changed AS c
JOIN aged AS a ON a.plan = c.plan AND a.age = 1
JOIN persons AS p ON p.source = c.source AND p.source_id = c.cin
JOIN known AS k ON k.person_id = p.person_id
LEFT JOIN others AS o ON o.person_id = p.person_id AND o.plan <> c.plan AND o.age IS NOT NULL
GROUP BY ALL
