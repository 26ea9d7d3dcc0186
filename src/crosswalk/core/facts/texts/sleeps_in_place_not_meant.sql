-- name: sleeps_in_place_not_meant
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Sleeps in a place not meant for sleeping: HUD 116 is the newest situation, said within the
--   window.
-- unknown_when: the newest living situation is older than the window, or there is none
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (ii); HUD 3.12.1
-- question: Did the person sleep outside, in a car or another place not meant for sleeping?
-- attestable: yes
-- confidence: verified

SELECT person_id, clause = 'place_not_meant' AS value, day, [proof] AS evidence
FROM living_now
WHERE "group" IN ('homeless', 'institutional', 'temporary', 'permanent')
  AND (holds OR (still AND day >= :since))
