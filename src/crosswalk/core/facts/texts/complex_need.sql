-- name: complex_need
-- value: flag
-- unit: yes or no
-- window: months 15
-- measures: At least one complex physical, behavioral or developmental need: attested, a diagnosis of a
--   complex group, or a disability in HMIS.
-- unknown_when: no such need is recorded (never a no: absence in records proves nothing)
-- source: CalAIM ECM Policy Guide, January 2026, p. 13
-- question: Does the person have at least one complex physical, behavioral or developmental health
--   need?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(day) AS day, array_agg(proof) AS evidence
FROM (
  SELECT person_id, day, proof
  FROM condition_shown
  WHERE day BETWEEN :since AND :on AND condition IN (
    'serious_mental_illness', 'substance_use', 'chronic_physical', 'developmental_disability',
    'traumatic_brain_injury', 'hiv', 'physical_disability'
  )
  UNION ALL
  SELECT person_id, day, proof FROM disability_answer WHERE impairing
  UNION ALL
  SELECT person_id, day, proof
  FROM (
    SELECT person_id, disabling_condition, entry AS day, proof
    FROM project_stay
    WHERE disabling_condition IN (0, 1)
    QUALIFY row_number() OVER (
      PARTITION BY person_id ORDER BY entry DESC, disabling_condition DESC, enrollment_id
    ) = 1
  ) AS newest
  WHERE disabling_condition = 1
) AS shown
GROUP BY person_id
