-- name: justice_condition
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: A chronic or significant clinical condition of the guide's Appendix C list.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, App. C; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have a chronic or significant health condition (heart, lung, liver,
--   diabetes, pain, infection …)?
-- attestable: yes
-- confidence: unverified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, TRUE AS yes, day, proof
  FROM condition_shown
  WHERE condition = 'justice_clinical' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, yes, day, proof
  FROM disability_answer
  WHERE disability = 'chronic' AND impairing
) AS shown
GROUP BY person_id
