-- name: aid_code
-- value: code
-- unit: code
-- window: none
-- measures: Medi-Cal aid code of the member's record.
-- unknown_when: no member record is linked to the person, or the column is blank
-- source: CalAIM ECM Policy Guide, January 2026, p. 10-11, 62-88
-- question: What is the person's Medi-Cal aid code?
-- attestable: no
-- confidence: verified

SELECT person_id, aid_code AS value, coverage_from AS day, [proof] AS evidence
FROM member_now
WHERE aid_code IS NOT NULL
