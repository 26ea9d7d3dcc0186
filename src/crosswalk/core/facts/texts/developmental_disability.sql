-- name: developmental_disability
-- value: flag
-- unit: yes or no
-- window: months 120
-- measures: An intellectual or developmental disability: diagnosis, Regional Center, or HMIS.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, App. C; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have an intellectual or developmental disability?
-- attestable: yes
-- confidence: unverified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'developmental_disability'
