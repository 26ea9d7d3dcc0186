-- name: family_maintenance
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: In Family Maintenance now or within the window.
-- unknown_when: not recorded within the window (there is no aid code for it)
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49
-- question: Is the family in Family Maintenance, now or in the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'family_maintenance'
