-- name: unstable_housing
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Housing is missing or unsafe: homeless in HMIS or by diagnosis, Z59.1 or Z59.8x, the plan's
--   flag, or about to be lost.
-- unknown_when: nothing about housing is recorded within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: Is the person's housing missing, unsafe or about to be lost?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  CASE
    WHEN bool_or(kind = 'homeless') THEN TRUE
    WHEN max(day) FILTER (WHERE kind = 'shown') > max(day) FILTER (WHERE kind = 'housed') THEN TRUE
    WHEN bool_or(kind = 'housed') THEN FALSE
    ELSE TRUE
  END AS value,
  max(day) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, CASE WHEN "group" = 'permanent' THEN 'housed' ELSE 'homeless' END AS kind, day, proof
  FROM living_now
  WHERE "group" IN ('homeless', 'temporary', 'permanent') AND (holds OR (still AND day >= :since))
  UNION ALL
  SELECT person_id, 'shown' AS kind, day, proof
  FROM condition_shown
  WHERE condition IN ('homelessness', 'housing_instability') AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, 'flag' AS kind, coverage_from AS day, proof
  FROM member_now
  WHERE homeless_indicator = 'yes' AND covered
  UNION ALL
  SELECT person_id, 'shown' AS kind, day, evidence[1] AS proof
  FROM attested
  WHERE value AND day >= :since AND fact IN (
    'loses_housing_within_30_days', 'loses_housing_within_14_days', 'shares_housing_after_loss',
    'sleeps_in_place_not_meant', 'in_shelter_or_transitional', 'lacks_fixed_residence'
  )
) AS sign
GROUP BY person_id
