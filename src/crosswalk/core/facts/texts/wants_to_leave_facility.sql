-- name: wants_to_leave_facility
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Wants to move out of the nursing facility.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 37-41
-- question: Does the person want to move out of the nursing facility?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'wants_to_leave_facility'
