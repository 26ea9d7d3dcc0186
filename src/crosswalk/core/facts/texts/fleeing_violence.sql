-- name: fleeing_violence
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Fleeing domestic or dating violence, sexual assault, stalking or a like danger.
-- unknown_when: not asked, or not answered, within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (vi); HUD 4.11
-- question: Is the person fleeing violence at home or another danger of that kind?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'fleeing_violence'
