-- name: last_seen
-- value: date
-- unit: day
-- window: none
-- measures: Last day somebody saw or spoke with the person, where and by whom.
-- unknown_when: nobody has recorded a contact
-- source: HUD HMIS Data Standards FY2026, 4.12, 4.14
-- question: When and where was the person last seen?
-- attestable: no
-- confidence: verified
-- extra: place (code): HUD 3.12.1
-- extra: seen_by (text): project or organization

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'last_seen'
