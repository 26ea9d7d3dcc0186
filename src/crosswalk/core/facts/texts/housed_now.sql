-- name: housed_now
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Housed: moved into permanent housing with the stay open, or the newest situation is
--   permanent (4xx).
-- unknown_when: the newest living situation is older than the window, or there is none
-- source: HUD HMIS Data Standards FY2026, 3.20, 4.12
-- question: Has the person a permanent place to live now?
-- attestable: no
-- confidence: verified

SELECT person_id, clause = 'housed' AS value, day, [proof] AS evidence
FROM living_now
WHERE "group" IN ('homeless', 'institutional', 'temporary', 'permanent')
  AND (holds OR (still AND day >= :since))
