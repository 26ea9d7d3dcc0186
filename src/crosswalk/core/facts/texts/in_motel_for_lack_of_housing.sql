-- name: in_motel_for_lack_of_housing
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Lives in a motel, hotel, trailer park or camping ground for lack of another place (HUD
--   314).
-- unknown_when: the newest living situation is older than the window, or there is none
-- source: CalAIM ECM Policy Guide, January 2026, p. 14; HUD 3.12.1
-- question: Does the person live in a motel, trailer park or camping ground because there is no other
--   place?
-- attestable: yes
-- confidence: verified

SELECT person_id, clause = 'motel' AS value, day, [proof] AS evidence
FROM living_now
WHERE "group" IN ('homeless', 'institutional', 'temporary', 'permanent')
  AND (holds OR (still AND day >= :since))
