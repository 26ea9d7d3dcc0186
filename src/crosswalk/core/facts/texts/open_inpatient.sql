-- name: open_inpatient
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In hospital on the day.
-- unknown_when: the person's plan sends no stays
-- source: crosswalk events file
-- question: Is the person in hospital now?
-- attestable: no
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'open_inpatient'
