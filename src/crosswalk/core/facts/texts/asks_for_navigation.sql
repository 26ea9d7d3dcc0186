-- name: asks_for_navigation
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Asks for help with health navigation or education.
-- unknown_when: nobody has said so
-- source: CHW benefit (APL 24-006)
-- question: Does the person ask for help to find their way through health care?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'asks_for_navigation'
