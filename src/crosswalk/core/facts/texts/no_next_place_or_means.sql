-- name: no_next_place_or_means
-- value: flag
-- unit: yes or no
-- window: days 30
-- measures: Has found no next place to live and lacks the money or people who could help to get one.
-- unknown_when: nobody has said so
-- source: 24 CFR 91.5; Community Supports reference 1.2
-- question: Has the person another place to go, or money or people who could help to get one?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'no_next_place_or_means'
