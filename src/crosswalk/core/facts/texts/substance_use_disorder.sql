-- name: substance_use_disorder
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: A substance use disorder: diagnosis of the group (not tobacco), a Drug Medi-Cal program, or
--   HMIS.
-- unknown_when: no such diagnosis within the window, and HMIS did not ask or got no answer
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27; ICD-10-CM,
--   policy/codes/maps/icd10_conditions.csv
-- question: Does the person have a substance use disorder?
-- attestable: yes
-- confidence: unverified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'substance_use_disorder'
