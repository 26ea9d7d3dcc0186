-- name: living_situation
-- value: code
-- unit: code
-- window: none
-- measures: Newest living situation in HMIS, HUD list 3.12.1 (current situation, shelter stay, move-in,
--   exit destination).
-- unknown_when: HMIS holds no living situation of the person
-- source: HUD HMIS Data Standards FY2026, 3.12, 3.917, 4.12
-- question: Where did the person sleep last night?
-- attestable: no
-- confidence: verified
-- extra: since (date): first day known for it
-- extra: seen (date): last day it was said

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'living_situation'
