-- name: unaccompanied_youth
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Under 25 and head of an HMIS household in which nobody is older than 24.
-- unknown_when: no HMIS household is open in the window, or the age is not known
-- source: CalAIM ECM Policy Guide, January 2026, p. 14; 24 CFR 91.5 (3)
-- question: Is the young person on their own, without a parent or guardian?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'unaccompanied_youth'
