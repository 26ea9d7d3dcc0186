-- name: traumatic_brain_injury
-- value: flag
-- unit: yes or no
-- window: months 120
-- measures: A traumatic brain injury by diagnosis.
-- unknown_when: no such diagnosis within the window
-- source: CalAIM ECM Policy Guide, January 2026, App. C; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Has the person had a traumatic brain injury?
-- attestable: yes
-- confidence: unverified

SELECT person_id, TRUE AS value, max(day) AS day, array_agg(proof) AS evidence
FROM condition_shown
WHERE condition = 'traumatic_brain_injury' AND day BETWEEN :since AND :on
GROUP BY person_id
