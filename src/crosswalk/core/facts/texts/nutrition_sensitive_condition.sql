-- name: nutrition_sensitive_condition
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: A chronic condition that food can make better or worse (diabetes, heart failure, kidney
--   disease, cancer …).
-- unknown_when: no such diagnosis within the window
-- source: Community Supports, Medically Tailored Meals; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have a condition that depends on food, such as diabetes, heart failure or
--   kidney disease?
-- attestable: yes
-- confidence: unverified

SELECT person_id, TRUE AS value, max(day) AS day, array_agg(proof) AS evidence
FROM condition_shown
WHERE condition = 'nutrition_sensitive' AND day BETWEEN :since AND :on
GROUP BY person_id
