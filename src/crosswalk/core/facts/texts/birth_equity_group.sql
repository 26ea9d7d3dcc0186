-- name: birth_equity_group
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Black, American Indian or Alaska Native, or Pacific Islander, by the plan or by HMIS.
-- unknown_when: neither the plan nor HMIS names a race or ethnicity that we can read
-- source: CalAIM ECM Policy Guide, January 2026, p. 49-54; CDPH maternal health dashboards
-- question: Which races or ethnicities does the person name?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'birth_equity_group'
