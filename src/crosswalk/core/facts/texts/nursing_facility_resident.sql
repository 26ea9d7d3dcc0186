-- name: nursing_facility_resident
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Lives in a nursing facility on the day: open stay, level of care nf_resident, or HMIS 225.
-- unknown_when: the person's plan sends no nursing facility stays
-- source: CalAIM ECM Policy Guide, January 2026, p. 37-41
-- question: Does the person live in a nursing facility now?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'nursing_facility_resident'
