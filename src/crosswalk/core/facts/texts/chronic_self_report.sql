-- name: chronic_self_report
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Chronic at the newest project start by what the person said (3.917).
-- unknown_when: 3.917 answers or the disabling condition are missing at the newest start
-- source: HUD reporting glossary, chronically homeless at project start
-- question: Has the person been homeless for 12 months, at once or in four times over three years, and
--   disabled?
-- attestable: no
-- confidence: verified

WITH
tested AS (
  SELECT
    s.person_id, s.source, s.household_id, s.entry, s.enrollment_id, s.proof,
    CASE
      WHEN s.disabling_condition = 1 OR i.person_id IS NOT NULL THEN TRUE
      WHEN s.disabling_condition = 0 THEN FALSE
    END AS disabled,
    CASE
      WHEN s.project_type IN (0, 1, 4, 8) THEN TRUE
      WHEN s.living_situation BETWEEN 100 AND 199 THEN TRUE
      WHEN s.living_situation IS NULL THEN NULL
      WHEN s.under_threshold = 0 OR s.street_before = 0 THEN FALSE
      WHEN s.under_threshold = 1 AND s.street_before = 1 THEN TRUE
    END AS was_homeless,
    CASE
      WHEN s.street_since <= s.entry - 365 THEN TRUE
      WHEN s.times_homeless IN (1, 2, 3) THEN FALSE
      WHEN s.times_homeless = 4 AND s.months_homeless IN (112, 113) THEN TRUE
      WHEN s.times_homeless = 4 AND s.months_homeless BETWEEN 101 AND 111 THEN FALSE
    END AS long_enough
  FROM project_stay AS s
  LEFT JOIN (SELECT DISTINCT person_id FROM disability_answer WHERE impairing) AS i ON i.person_id = s.person_id
),
answered AS (
  SELECT *, disabled AND was_homeless AND long_enough AS chronic
  FROM tested
),
household AS (
  SELECT source, household_id, bool_or(coalesce(chronic, FALSE)) AS chronic
  FROM answered
  GROUP BY source, household_id
)
SELECT a.person_id, h.chronic OR a.chronic AS value, a.entry AS day, [a.proof] AS evidence
FROM answered AS a
JOIN household AS h ON h.source = a.source AND h.household_id = a.household_id
QUALIFY row_number() OVER (PARTITION BY a.person_id ORDER BY a.entry DESC, a.enrollment_id) = 1
