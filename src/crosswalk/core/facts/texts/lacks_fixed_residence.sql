-- name: lacks_fixed_residence
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Lacks a fixed, regular and adequate nighttime residence: homeless situation in HMIS, a
--   Z59.0x diagnosis, or the plan's own flag. A stay with family or friends is not of this kind; whether it
--   follows a loss of housing is another fact, which counts for families and youth.
-- unknown_when: neither HMIS, a diagnosis nor the plan says so within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (i)
-- question: Is the person without a regular place of their own to sleep?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  CASE
    WHEN bool_or(kind = 'homeless') THEN TRUE
    WHEN max(day) FILTER (WHERE kind = 'diagnosis') > max(day) FILTER (WHERE kind = 'housed') THEN TRUE
    WHEN bool_or(kind = 'housed') THEN FALSE
    ELSE TRUE
  END AS value,
  max(day) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT
    person_id, CASE WHEN "group" = 'permanent' OR clause = 'with_others' THEN 'housed' ELSE 'homeless' END AS kind, day,
    proof
  FROM living_now
  WHERE ("group" IN ('homeless', 'permanent') OR clause IN ('transitional', 'with_others'))
    AND (holds OR (still AND day >= :since))
  UNION ALL
  SELECT person_id, 'diagnosis' AS kind, day, proof
  FROM condition_shown
  WHERE condition = 'homelessness' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, 'flag' AS kind, coverage_from AS day, proof
  FROM member_now
  WHERE homeless_indicator = 'yes' AND covered
) AS sign
GROUP BY person_id
