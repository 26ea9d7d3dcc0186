-- name: primary_care_is_emergency
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Crisis services, emergency visits, urgent care or hospital are the main source of care.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: Does the person mostly get care in emergency rooms, urgent care, crisis services or
--   hospital?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'primary_care_is_emergency'
