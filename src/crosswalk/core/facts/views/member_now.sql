-- name: member_now
-- says: the membership that counts on the day: one row a person, a covered one before an ended one, then the newest
-- kept: yes

SELECT *
FROM plan_member
QUALIFY row_number() OVER (
  PARTITION BY person_id
  ORDER BY
    CASE WHEN covered THEN 0 WHEN NOT covered THEN 1 ELSE 2 END,
    coverage_from DESC,
    coverage_end DESC,
    plan,
    cin
) = 1
