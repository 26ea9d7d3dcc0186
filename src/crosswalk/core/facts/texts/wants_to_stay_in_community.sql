-- name: wants_to_stay_in_community
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Wants to stay at home or in the community instead of moving to a nursing facility.
-- unknown_when: nobody has said so
-- source: Community Supports reference, January 2026
-- question: Does the person want to stay at home instead of moving to a nursing facility?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'wants_to_stay_in_community'
