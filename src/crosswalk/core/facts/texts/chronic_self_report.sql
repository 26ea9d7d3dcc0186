-- name: chronic_self_report
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Chronic at the newest project start by what the person said (3.917).
-- unknown_when: 3.917 answers or the disabling condition are missing at the newest start
-- source: HUD reporting glossary, chronically homeless at project start
-- question: Has the person been homeless for 12 months, at once or in four times over three years, and
--   disabled?
-- attestable: no
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'chronic_self_report'
