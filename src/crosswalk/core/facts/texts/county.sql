-- name: county
-- value: code
-- unit: code
-- window: none
-- measures: California county (two digits) of the member's record.
-- unknown_when: no member record is linked to the person, or its county is blank
-- source: crosswalk member file
-- question: In which county does the person live?
-- attestable: no
-- confidence: verified

SELECT person_id, county AS value, coverage_from AS day, [proof] AS evidence
FROM member_now
WHERE county IS NOT NULL
