-- name: missed_appointments
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Missed two or more appointments within six months.
-- unknown_when: nobody has said so
-- source: CHW benefit (APL 24-006)
-- question: Has the person missed two or more appointments in six months?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'missed_appointments'
