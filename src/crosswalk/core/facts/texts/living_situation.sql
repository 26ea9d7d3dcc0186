-- name: living_situation
-- value: code
-- unit: code
-- window: none
-- measures: Newest living situation in HMIS, HUD list 3.12.1 (current situation, shelter stay, move-in,
--   exit destination).
-- unknown_when: HMIS holds no living situation of the person
-- source: HUD HMIS Data Standards FY2026, 3.12, 3.917, 4.12
-- question: Where did the person sleep last night?
-- attestable: no
-- confidence: verified
-- extra: since (date): first day known for it
-- extra: seen (date): last day it was said

SELECT
  n.person_id,
  CAST(n.code AS VARCHAR) AS value,
  n.day,
  [n.proof] AS evidence,
  coalesce(b.since, n.day) AS since,
  n.day AS seen
FROM living_now AS n
LEFT JOIN (
  SELECT s.person_id, min(s.day) AS since
  FROM situation AS s
  JOIN living_now AS m ON m.person_id = s.person_id AND m.code = s.code
  LEFT JOIN (
    SELECT o.person_id, max(o.day) AS changed
    FROM situation AS o
    JOIN living_now AS c ON c.person_id = o.person_id AND c.code <> o.code
    GROUP BY o.person_id
  ) AS x ON x.person_id = s.person_id
  WHERE x.changed IS NULL OR s.day >= x.changed
  GROUP BY s.person_id
) AS b ON b.person_id = n.person_id
WHERE n.clause <> 'unknown'
