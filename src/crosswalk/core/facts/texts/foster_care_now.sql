-- name: foster_care_now
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In foster care on the day: placement open, or a foster care aid code.
-- unknown_when: neither a placement nor a foster care aid code is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49, App. D
-- question: Is the child or youth in foster care now?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'foster_care_now'
