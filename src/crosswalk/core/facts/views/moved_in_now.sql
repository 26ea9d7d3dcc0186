-- name: moved_in_now
-- says: people with an open stay in permanent housing that they have moved into
-- kept: yes

SELECT person_id, max(move_in) AS since
FROM project_stay
WHERE move_in IS NOT NULL AND exit_day IS NULL
GROUP BY person_id
