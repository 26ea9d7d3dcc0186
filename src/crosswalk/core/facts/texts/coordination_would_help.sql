-- name: coordination_would_help
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Coordination would likely improve outcomes or cut high-cost use.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 13
-- question: Would coordination of services likely help the person?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'coordination_would_help'
