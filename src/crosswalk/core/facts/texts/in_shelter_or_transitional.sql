-- name: in_shelter_or_transitional
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Stays in emergency shelter, paid motel, safe haven or transitional housing: an open stay, a
--   bed night in 15 days, or HUD 101, 118, 302 said within the window.
-- unknown_when: the newest living situation is older than the window, or there is none
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (iii)
-- question: Does the person stay in a shelter, a paid motel room or transitional housing?
-- attestable: yes
-- confidence: verified

SELECT person_id, clause IN ('shelter', 'transitional') AS value, day, [proof] AS evidence
FROM living_now
WHERE "group" IN ('homeless', 'institutional', 'temporary', 'permanent')
  AND (holds OR (still AND day >= :since))
