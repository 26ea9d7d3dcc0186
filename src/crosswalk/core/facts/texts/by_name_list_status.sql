-- name: by_name_list_status
-- value: code
-- unit: code
-- window: days 90
-- measures: Standing on the by-name list: new, active, returned_from_housed, returned_from_inactive,
--   housed or inactive.
-- unknown_when: HMIS holds no homeless or housed event of the person
-- source: HUD Data Lab active list, December 2025
-- question: Is the person on the by-name list?
-- attestable: no
-- confidence: secondary
-- extra: identified (date): day of (re-)identification

WITH
stepped AS (
  SELECT
    person_id, day, housed, proof,
    lag(housed) OVER (PARTITION BY person_id ORDER BY day) AS housed_before,
    max(CASE WHEN NOT housed THEN day END) OVER (
      PARTITION BY person_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS homeless_before,
    max(day) OVER (PARTITION BY person_id) AS last_day
  FROM housing_day
),
summed AS (
  SELECT
    person_id,
    max(day) AS newest,
    max(CASE WHEN housed THEN day END) AS newest_housed,
    bool_or(NOT housed AND day >= :since) AS homeless_in_window,
    min(day) >= :since AS none_before,
    bool_or(NOT housed AND day >= :since AND coalesce(housed_before, FALSE)) AS was_housed,
    max(CASE WHEN NOT housed
      AND (homeless_before IS NULL OR date_diff('day', homeless_before, day) > date_diff('day', :since, :on) + 1)
      THEN day END) AS identified,
    array_agg(proof) FILTER (WHERE day >= :since OR day = last_day) AS evidence
  FROM stepped
  GROUP BY person_id
)
SELECT
  person_id,
  CASE
    WHEN newest = newest_housed THEN 'housed'
    WHEN NOT homeless_in_window THEN 'inactive'
    WHEN none_before THEN 'new'
    WHEN was_housed THEN 'returned_from_housed'
    WHEN identified >= :since THEN 'returned_from_inactive'
    ELSE 'active'
  END AS value,
  newest AS day,
  evidence,
  identified
FROM summed
