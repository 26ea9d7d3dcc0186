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

SELECT person_id, clause = 'place_not_meant' AS value, day, [proof] AS evidence
FROM living_now
WHERE "group" IN ('homeless', 'institutional', 'temporary', 'permanent')
  AND (holds OR (still AND day >= :since))
