-- name: mcp_enrolled
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Covered by a Medi-Cal managed care plan on the day, by the plan's newest file.
-- unknown_when: no member record is linked to the person, or the plan's newest file no longer has the
--   record
-- source: CalAIM ECM Policy Guide, January 2026, p. 10-11
-- question: Is the person in a Medi-Cal plan today? Which one?
-- attestable: no
-- confidence: verified

SELECT person_id, covered AS value, coverage_from AS day, [proof] AS evidence
FROM member_now
WHERE covered IS NOT NULL
