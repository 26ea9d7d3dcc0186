-- name: chronic_history
-- value: code
-- unit: code
-- window: none
-- measures: Chronic homelessness by counted nights (HUD LSA 5.5-5.10): yes, no or unknown; one row per
--   HMIS record.
-- unknown_when: 3.917 answers or the disabling condition are missing
-- source: HUD LSA specifications, 5.5-5.10
-- question: How long and how often was the person homeless in the last three years, and is there a
--   disabling condition?
-- attestable: no
-- confidence: verified
-- extra: source_id (text): PersonalID
-- extra: ch_start (date): first day of the three years
-- extra: last_active (date): last day of them
-- extra: ch_time (number): 365, 270, 400 or 0; -1 not an adult or head
-- extra: ch_time_status (number): 1 one episode, 2 four or more, 3 fewer, 99 missing, -1 not applicable
-- extra: disability_status (number): 1, 0, 98, 99 or -1
-- extra: chronic (code): the value under the name that others know

WITH
-- 5.5: each adult's or head's three years until the last active day.
who AS (
  SELECT
    person_id,
    bool_or(head OR adult) AS counted,
    bool_or(adult) AS adult,
    max(
      CASE
        WHEN project_type = 1 THEN least(:on, last_night + 1)
        ELSE coalesce(exit_day, :on)
      END
    ) AS last_active,
    max(disabling) AS disabling
  FROM lsa_stay
  WHERE active
  GROUP BY person_id
),
span AS (
  SELECT
    person_id, counted, adult, disabling, last_active,
    CAST(last_active - INTERVAL 3 YEAR AS DATE) + 1 AS ch_start,
    CAST(last_active - INTERVAL 1 YEAR AS DATE) AS year_before
  FROM who
),
-- 5.4: disabled also when an adult resident has HIV, serious mental illness or a substance use disorder on record.
ill AS (
  SELECT DISTINCT s.person_id
  FROM lsa_stay AS s
  JOIN span AS w ON w.person_id = s.person_id AND w.adult
  JOIN hmis_disabilities AS d ON d.source = s.source AND d.EnrollmentID = s.enrollment_id
  WHERE s.active AND s.in_residence AND d.InformationDate <= :on
    AND (
      (d.DisabilityType = 8 AND d.DisabilityResponse = 1)
      OR (d.DisabilityType = 9 AND d.DisabilityResponse = 1 AND d.IndefiniteAndImpairs = 1)
      OR (d.DisabilityType = 10 AND d.DisabilityResponse IN (1, 2, 3) AND d.IndefiniteAndImpairs = 1)
    )
),
-- 5.6: the enrollments that matter.
stay AS (
  SELECT
    s.*, w.ch_start, w.last_active, w.year_before,
    s.project_type IN (0, 1, 8) AS shelter,
    coalesce(s.living_situation IN (101, 116, 118), FALSE) AS from_street,
    coalesce(s.living_situation BETWEEN 200 AND 299 AND s.length_of_stay IN (2, 3), FALSE) AS from_institution,
    coalesce(s.length_of_stay IN (10, 11), FALSE) AS from_short_stay
  FROM lsa_stay AS s
  JOIN span AS w ON w.person_id = s.person_id
  WHERE w.counted AND s.entry <= w.last_active AND (s.exit_day IS NULL OR s.exit_day > w.ch_start)
),
-- 5.7: days housed or in transitional housing, first to last day.
housed AS (
  SELECT
    person_id,
    greatest(CASE WHEN project_type = 2 THEN entry ELSE move_in END, ch_start) AS first_day,
    least(coalesce(exit_day - 1, last_active), last_active) AS last_day
  FROM stay
  WHERE project_type = 2 OR move_in IS NOT NULL
),
housed_marked AS (
  SELECT
    person_id, first_day, last_day,
    max(last_day) OVER (
      PARTITION BY person_id ORDER BY first_day, last_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
  FROM housed
  WHERE first_day <= last_day
),
housed_run AS (
  SELECT
    person_id, first_day, last_day,
    sum(CASE WHEN reached IS NULL OR first_day > reached + 1 THEN 1 ELSE 0 END)
      OVER (PARTITION BY person_id ORDER BY first_day, last_day ROWS UNBOUNDED PRECEDING) AS run
  FROM housed_marked
),
housed_whole AS (
  SELECT person_id, min(first_day) AS first_day, max(last_day) AS last_day
  FROM housed_run
  GROUP BY person_id, run
),
-- The days between those, on which a homeless day can count.
free AS (
  SELECT
    h.person_id,
    h.last_day + 1 AS first_day,
    coalesce(lead(h.first_day) OVER (PARTITION BY h.person_id ORDER BY h.first_day) - 1, w.last_active) AS last_day
  FROM housed_whole AS h
  JOIN span AS w ON w.person_id = h.person_id
  UNION ALL
  SELECT w.person_id, w.ch_start AS first_day, coalesce(min(h.first_day) - 1, w.last_active) AS last_day
  FROM span AS w
  LEFT JOIN housed_whole AS h ON h.person_id = w.person_id
  GROUP BY w.person_id, w.ch_start, w.last_active
),
-- 5.8: days in shelter, safe haven or on the street.
homeless AS (
  SELECT
    person_id,
    greatest(entry, ch_start) AS first_day,
    least(coalesce(exit_day - 1, last_active), last_active) AS last_day
  FROM stay
  WHERE project_type IN (0, 8)
  UNION ALL
  SELECT b.person_id, b.day AS first_day, b.day AS last_day
  FROM lsa_bed_night AS b
  JOIN stay AS s ON s.source = b.source AND s.enrollment_id = b.enrollment_id
  WHERE b.day BETWEEN s.ch_start AND s.last_active
  UNION ALL
  SELECT
    person_id,
    greatest(street_since, ch_start) AS first_day,
    least(
      CASE
        WHEN project_type IN (0, 1, 2, 8) THEN entry - 1
        ELSE coalesce(move_in - 1, exit_day - 1, last_active)
      END,
      last_active
    ) AS last_day
  FROM stay
  WHERE entry > ch_start
    AND street_since IS NOT NULL
    AND (from_street OR (NOT shelter AND street_before = 1 AND (from_short_stay OR from_institution)))
),
counted_days AS (
  SELECT h.person_id, greatest(h.first_day, f.first_day) AS first_day, least(h.last_day, f.last_day) AS last_day
  FROM homeless AS h
  JOIN free AS f ON f.person_id = h.person_id AND f.first_day <= h.last_day AND f.last_day >= h.first_day
  WHERE h.first_day <= h.last_day
),
-- 5.9: days at most seven apart are one episode, the days between them count.
day_marked AS (
  SELECT
    person_id, first_day, last_day,
    max(last_day) OVER (
      PARTITION BY person_id ORDER BY first_day, last_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
  FROM counted_days
),
day_run AS (
  SELECT
    person_id, first_day, last_day,
    sum(CASE WHEN reached IS NULL OR first_day > reached + 7 THEN 1 ELSE 0 END)
      OVER (PARTITION BY person_id ORDER BY first_day, last_day ROWS UNBOUNDED PRECEDING) AS run
  FROM day_marked
),
episode AS (
  SELECT
    person_id, min(first_day) AS first_day, max(last_day) AS last_day,
    date_diff('day', min(first_day), max(last_day)) + 1 AS days
  FROM day_run
  GROUP BY person_id, run
),
total AS (
  SELECT
    e.person_id,
    count(*) AS episodes,
    sum(e.days) AS days,
    bool_or(e.days >= 365 AND e.last_day > w.year_before) AS one_year
  FROM episode AS e
  JOIN span AS w ON w.person_id = e.person_id
  GROUP BY e.person_id
),
-- 5.10: what the person said about times and months, and what was due but is missing.
said AS (
  SELECT
    person_id,
    bool_or(
      coalesce(entry > year_before AND times_homeless = 4 AND months_homeless IN (112, 113), FALSE)
    ) AS twelve_months,
    bool_or(
      coalesce(street_since > entry, FALSE)
      OR coalesce(living_situation, 99) < 100
      OR coalesce(length_of_stay, 99) IN (8, 9, 99)
      OR (NOT shelter AND (from_institution OR from_short_stay) AND coalesce(street_before, 99) NOT IN (0, 1))
      OR (
        (shelter OR from_street OR ((from_institution OR from_short_stay) AND coalesce(street_before, 99) = 1))
        AND (
          street_since IS NULL
          OR coalesce(times_homeless, 99) IN (8, 9, 99)
          OR coalesce(months_homeless, 99) IN (8, 9, 99)
        )
      )
    ) AS missing
  FROM stay
  GROUP BY person_id
),
answer AS (
  SELECT
    w.person_id, w.counted, w.ch_start, w.last_active,
    CASE
      WHEN NOT w.counted THEN -1
      WHEN t.one_year OR (t.days >= 365 AND t.episodes >= 4) THEN 365
      WHEN s.twelve_months THEN 400
      WHEN t.days >= 365 THEN 365
      WHEN t.days >= 270 THEN 270
      ELSE 0
    END AS ch_time,
    CASE
      WHEN NOT w.counted THEN -1
      WHEN t.one_year THEN 1
      WHEN t.days >= 365 AND t.episodes >= 4 THEN 2
      WHEN s.twelve_months THEN 2
      WHEN s.missing THEN 99
      WHEN t.days >= 365 THEN 3
      ELSE -1
    END AS ch_time_status,
    CASE
      WHEN NOT w.counted THEN -1
      WHEN w.disabling = 1 OR i.person_id IS NOT NULL THEN 1
      WHEN w.disabling = 0 THEN 0
      ELSE 99
    END AS disability_status
  FROM span AS w
  LEFT JOIN total AS t ON t.person_id = w.person_id
  LEFT JOIN said AS s ON s.person_id = w.person_id
  LEFT JOIN ill AS i ON i.person_id = w.person_id
),
concluded AS (
  SELECT
    *,
    CASE
      WHEN NOT counted OR disability_status = 0 THEN 'no'
      WHEN ch_time_status IN (1, 2) AND disability_status = 1 THEN 'yes'
      WHEN ch_time_status IN (1, 2, 99) THEN 'unknown'
      ELSE 'no'
    END AS value
  FROM answer
),
shown AS (
  SELECT person_id, array_agg(proof) AS evidence
  FROM stay
  GROUP BY person_id
)
SELECT
  c.person_id, c.value, c.last_active AS day, p.source_id, c.ch_start, c.last_active,
  c.ch_time, c.ch_time_status, c.disability_status, c.value AS chronic, h.evidence
FROM concluded AS c
JOIN person_source AS p ON p.person_id = c.person_id AND p.source LIKE 'hmis:%'
LEFT JOIN shown AS h ON h.person_id = c.person_id
