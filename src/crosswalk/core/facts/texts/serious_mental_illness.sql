-- name: serious_mental_illness
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: A serious mental illness: diagnosis of the group, Full-Service Partnership, or an HMIS
--   mental health disorder that is long and impairing.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have a serious mental illness?
-- attestable: yes
-- confidence: unverified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'serious_mental_illness'
