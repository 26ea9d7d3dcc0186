-- name: pregnant_or_postpartum
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Pregnant, or within 12 months after a pregnancy ended in any way.
-- unknown_when: no pregnancy is recorded within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 49-54
-- question: Is the person pregnant, or was within the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'pregnant_or_postpartum'
