-- name: has_family_under_21
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Belongs to a household with another member under 21 (HMIS household open in the window).
-- unknown_when: no HMIS household with known birth dates is open in the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 14
-- question: Does a child or youth under 21 live with the person as family?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'has_family_under_21'
