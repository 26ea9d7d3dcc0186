-- name: aged_out_of_foster_care
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In foster care on or after the 18th birthday: event aged_out, aid code 4M.
-- unknown_when: neither is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49, App. D
-- question: Was the person in foster care on their 18th birthday or later?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'aged_out_of_foster_care'
