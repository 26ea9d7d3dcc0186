-- name: living_now
-- says: the newest statement about where each person lives, one row a person; still: a bed night speaks for 15 days only; group and clause as in codes/maps/living_situations.csv
-- kept: yes

SELECT
  n.person_id, n.code, g."group", g.clause, n.day, n.holds, n.seen_by, n.proof,
  n.how <> 'night' OR n.day > :on - 15 AS still
FROM (
  SELECT *
  FROM situation
  QUALIFY row_number() OVER (
    PARTITION BY person_id ORDER BY day DESC, rank DESC, holds DESC, code, seen_by
  ) = 1
) AS n
LEFT JOIN living_situations AS g ON g.code = n.code
