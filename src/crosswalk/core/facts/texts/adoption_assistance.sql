-- name: adoption_assistance
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In the Adoption Assistance Program: event open, or its aid codes.
-- unknown_when: neither is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49, App. D
-- question: Is the child in the Adoption Assistance Program?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'adoption_assistance'
