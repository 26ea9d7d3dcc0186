-- name: disabling_condition
-- value: flag
-- unit: yes or no
-- window: none
-- measures: A disabling condition by HMIS 3.08, newest known answer.
-- unknown_when: the newest HMIS answers are blank or don't know
-- source: HUD HMIS Data Standards FY2026, 3.08
-- question: Does the person have a disabling condition?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  max(day) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, yes, day, proof
  FROM (
    SELECT person_id, disabling_condition = 1 AS yes, entry AS day, proof
    FROM project_stay
    WHERE disabling_condition IN (0, 1)
    QUALIFY row_number() OVER (
      PARTITION BY person_id ORDER BY entry DESC, disabling_condition DESC, enrollment_id
    ) = 1
  ) AS newest
  UNION ALL
  SELECT person_id, TRUE AS yes, day, proof
  FROM disability_answer
  WHERE impairing
) AS said
GROUP BY person_id
