-- name: housing_sign
-- says: dated signs that a person was homeless, or had permanent housing, from HMIS, diagnoses and the plan's flag
-- kept: yes

SELECT s.person_id, s.day, g."group" <> 'permanent' AS homeless, s.proof
FROM situation AS s
JOIN living_situations AS g ON g.code = s.code
WHERE g."group" IN ('homeless', 'permanent') OR g.clause = 'transitional'
UNION ALL
SELECT person_id, entry AS day, TRUE AS homeless, proof
FROM project_stay
WHERE street_before = 1
UNION ALL
SELECT person_id, day, TRUE AS homeless, proof
FROM condition_shown
WHERE condition = 'homelessness'
UNION ALL
SELECT person_id, coverage_from AS day, TRUE AS homeless, proof
FROM member_now
WHERE homeless_indicator = 'yes' AND covered
