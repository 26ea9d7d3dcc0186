-- name: unsheltered_now
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Unsheltered: the newest living situation, said within the window, is a place not meant for
--   sleeping.
-- unknown_when: the newest living situation is older than the window, or there is none
-- source: Transitional Rent eligibility; HUD 3.12.1
-- question: Did the person sleep outside last night?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'unsheltered_now'
