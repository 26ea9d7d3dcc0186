-- name: high_risk_overdose_or_suicide
-- value: flag
-- unit: yes or no
-- window: none
-- measures: At high risk of institutionalization, overdose or suicide.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: Is the person at high risk of overdose, suicide or being placed in an institution?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'high_risk_overdose_or_suicide'
