-- name: deceased
-- value: flag
-- unit: yes or no
-- window: none
-- measures: An HMIS exit says that the person has died (destination 24); no further outreach.
-- unknown_when: no exit says so
-- source: HUD HMIS Data Standards FY2026, 3.12
-- question: Has the person died?
-- attestable: yes
-- confidence: verified

SELECT person_id, TRUE AS value, max(exit_day) AS day, array_agg(exit_proof) AS evidence
FROM project_stay
WHERE destination = 24
GROUP BY person_id
