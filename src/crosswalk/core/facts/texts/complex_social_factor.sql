-- name: complex_social_factor
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: At least one complex social factor is known: food, housing, former foster youth, recent
--   release, no work, isolation, trauma.
-- unknown_when: none is recorded (never a no)
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27, 41-45
-- question: Does the person lack food, stable housing, transport or support, or had many adverse
--   childhood experiences?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(day) AS day, array_agg(proof) AS evidence
FROM (
  SELECT person_id, day, proof
  FROM condition_shown
  WHERE day BETWEEN :since AND :on
    AND condition IN ('food_insecurity', 'homelessness', 'housing_instability', 'social_factor')
  UNION ALL
  SELECT person_id, day, proof
  FROM living_now
  WHERE ("group" = 'homeless' OR clause IN ('transitional', 'with_others', 'motel'))
    AND (holds OR (still AND day >= :since))
  UNION ALL
  SELECT person_id, coverage_from AS day, proof
  FROM member_now
  WHERE homeless_indicator = 'yes' AND covered
  UNION ALL
  SELECT m.person_id, m.coverage_from AS day, m.proof
  FROM member_now AS m
  JOIN aid_codes AS a ON a.aid_code = m.aid_code AND a.meaning = 'former_foster_youth'
  UNION ALL
  SELECT person_id, from_day AS day, proof FROM foster_care WHERE code = 'aged_out' AND from_day <= :on
  UNION ALL
  SELECT person_id, entry AS day, proof FROM project_stay WHERE former_foster = 1
  UNION ALL
  SELECT person_id, day, proof FROM custody_release WHERE day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, day, evidence[1] AS proof
  FROM attested
  WHERE value AND day >= :since AND fact IN (
    'food_insecure', 'unstable_housing', 'loses_housing_within_30_days', 'loses_housing_within_14_days',
    'shares_housing_after_loss', 'sleeps_in_place_not_meant', 'in_shelter_or_transitional',
    'lacks_fixed_residence', 'fleeing_violence', 'adl_need'
  )
) AS shown
GROUP BY person_id
