-- name: days_homeless
-- value: number
-- unit: days
-- window: none
-- measures: Days homeless without a break of seven nights or more, until the last day seen homeless.
-- unknown_when: HMIS holds no homeless night of the person in three years
-- source: HUD LSA specifications, 5.9; HUD 3.917
-- question: Since when has the person been homeless?
-- attestable: no
-- confidence: verified
-- extra: since (date): first of these days
-- extra: last_day (date): last of these days

WITH
-- Days seen homeless. A contact on the street speaks for up to 30 days when another follows.
seen AS (
  SELECT s.person_id, s.entry AS first_day, coalesce(s.exit_day - 1, :on) AS last_day, 0 AS reach, s.proof
  FROM project_stay AS s
  LEFT JOIN moved_in_now AS m ON m.person_id = s.person_id
  WHERE s.project_type IN (0, 2, 8) AND (s.exit_day IS NOT NULL OR m.person_id IS NULL)
  UNION ALL
  SELECT person_id, day AS first_day, day AS last_day, 0 AS reach, proof
  FROM bed_night
  UNION ALL
  SELECT s.person_id, s.day AS first_day, s.day AS last_day, 23 AS reach, s.proof
  FROM situation AS s
  JOIN living_situations AS g ON g.code = s.code AND g."group" = 'homeless'
  WHERE s.how IN ('said', 'entry', 'left')
  UNION ALL
  SELECT person_id, street_since AS first_day, entry AS last_day, 0 AS reach, proof
  FROM project_stay
  WHERE street_since <= entry
    AND (project_type IN (0, 1, 4, 8) OR living_situation BETWEEN 100 AND 199 OR street_before = 1)
),
marked AS (
  SELECT
    *,
    max(last_day + reach) OVER (
      PARTITION BY person_id ORDER BY first_day, last_day, reach ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
  FROM seen
  WHERE first_day <= last_day
),
numbered AS (
  SELECT
    *,
    sum(CASE WHEN reached IS NULL OR first_day > reached + 7 THEN 1 ELSE 0 END)
      OVER (PARTITION BY person_id ORDER BY first_day, last_day, reach ROWS UNBOUNDED PRECEDING) AS run
  FROM marked
),
whole AS (
  SELECT person_id, run, min(first_day) AS since, max(last_day) AS last_day, array_agg(proof) AS evidence
  FROM numbered
  GROUP BY person_id, run
)
SELECT
  w.person_id,
  CAST(CASE WHEN n.clause = 'housed' AND n.day >= w.last_day THEN 0
    ELSE date_diff('day', w.since, w.last_day) + 1 END AS INTEGER) AS value,
  w.last_day AS day,
  w.evidence,
  w.since,
  w.last_day
FROM whole AS w
JOIN (SELECT person_id, max(run) AS run FROM whole GROUP BY person_id) AS l
  ON l.person_id = w.person_id AND l.run = w.run
LEFT JOIN living_now AS n ON n.person_id = w.person_id
