-- name: chronic_history
-- value: code
-- unit: code
-- window: none
-- measures: Chronic homelessness by counted nights (HUD LSA 5.5-5.10): yes, no or unknown; one row per
--   HMIS record.
-- unknown_when: 3.917 answers or the disabling condition are missing
-- source: HUD LSA specifications, 5.5-5.10
-- question: How long and how often was the person homeless in the last three years, and is there a
--   disabling condition?
-- attestable: no
-- confidence: verified
-- extra: source_id (text): PersonalID
-- extra: ch_start (date): first day of the three years
-- extra: last_active (date): last day of them
-- extra: ch_time (number): 365, 270, 400 or 0; -1 not an adult or head
-- extra: ch_time_status (number): 1 one episode, 2 four or more, 3 fewer, 99 missing, -1 not applicable
-- extra: disability_status (number): 1, 0, 98, 99 or -1

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'chronic_history'
