-- name: abandoned_in_hospital
-- value: flag
-- unit: yes or no
-- window: none
-- measures: A child or youth who stays in hospital because there is no safe place to go.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 14
-- question: Does the child stay in hospital only because there is no safe place to go?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'abandoned_in_hospital'
