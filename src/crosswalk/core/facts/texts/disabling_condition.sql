-- name: disabling_condition
-- value: flag
-- unit: yes or no
-- window: none
-- measures: A disabling condition by HMIS 3.08, newest known answer.
-- unknown_when: the newest HMIS answers are blank or don't know
-- source: HUD HMIS Data Standards FY2026, 3.08
-- question: Does the person have a disabling condition?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'disabling_condition'
