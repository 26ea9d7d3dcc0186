-- name: room_and_board_days
-- value: number
-- unit: days
-- window: months 12
-- measures: Days of recuperative care, post-hospital housing and Transitional Rent in the window, each
--   day once.
-- unknown_when: the person's plan sends no enrollments
-- source: Community Supports, global cap on room and board (6 months in 12)
-- question: How many days of recuperative care, post-hospital housing or Transitional Rent has the
--   person had in 12 months, with any plan?
-- attestable: no
-- confidence: secondary

WITH
had AS (
  SELECT
    person_id, greatest(from_day, :since) AS first_day, least(coalesce(end_day - 1, :on), :on) AS last_day, proof
  FROM service_enrollment
  WHERE code IN ('cs.recup', 'cs.stphh', 'cs.trent') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
),
-- Each day once: only what reaches beyond all earlier stays is new.
new_days AS (
  SELECT
    person_id, proof, last_day,
    greatest(
      first_day,
      coalesce(
        max(last_day) OVER (
          PARTITION BY person_id ORDER BY first_day, last_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) + 1,
        first_day
      )
    ) AS first_day
  FROM had
),
summed AS (
  SELECT
    person_id,
    sum(greatest(date_diff('day', first_day, last_day) + 1, 0)) AS days,
    max(last_day) AS day,
    array_agg(proof) AS evidence
  FROM new_days
  GROUP BY person_id
)
SELECT
  r.person_id,
  CAST(coalesce(s.days, 0) AS INTEGER) AS value,
  s.day,
  s.evidence
FROM reported AS r
LEFT JOIN summed AS s ON s.person_id = r.person_id
WHERE r.enrollments
