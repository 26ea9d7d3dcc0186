-- name: not_eligible_for_ihss
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Was found not eligible for In-Home Supportive Services.
-- unknown_when: nobody has said so
-- source: Community Supports reference, January 2026
-- question: Was the person found not eligible for In-Home Supportive Services?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'not_eligible_for_ihss'
