-- name: medicare
-- value: code
-- unit: code
-- window: none
-- measures: Medicare beside Medi-Cal: none, ffs, ma, fide, dsnp_eae or dsnp_other.
-- unknown_when: no member record is linked to the person, or the column is blank
-- source: CalAIM ECM Policy Guide, January 2026, p. 10-11, 62-88
-- question: Does the person have Medicare, and in which kind of plan?
-- attestable: no
-- confidence: verified

SELECT person_id, medicare AS value, coverage_from AS day, [proof] AS evidence
FROM member_now
WHERE medicare IS NOT NULL
