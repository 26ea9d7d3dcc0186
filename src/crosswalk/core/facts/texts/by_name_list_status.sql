-- name: by_name_list_status
-- value: code
-- unit: code
-- window: days 90
-- measures: Standing on the by-name list: new, active, returned_from_housed, returned_from_inactive,
--   housed or inactive.
-- unknown_when: HMIS holds no homeless or housed event of the person
-- source: HUD Data Lab active list, December 2025
-- question: Is the person on the by-name list?
-- attestable: no
-- confidence: secondary
-- extra: identified (date): day of (re-)identification

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'by_name_list_status'
