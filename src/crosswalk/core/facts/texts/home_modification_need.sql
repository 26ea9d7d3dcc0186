-- name: home_modification_need
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Needs a change to the home to stay in it.
-- unknown_when: nobody has said so
-- source: Community Supports reference, January 2026
-- question: Does the person need a ramp, grab bars or another change to the home to stay there?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'home_modification_need'
