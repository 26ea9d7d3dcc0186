-- name: mcp_plan
-- value: code
-- unit: code
-- window: none
-- measures: Short name of the plan that covers the person on the day.
-- unknown_when: the person is not known to be covered on the day
-- source: crosswalk member file
-- question: Which Medi-Cal plan does the person have?
-- attestable: no
-- confidence: verified

SELECT person_id, plan AS value, coverage_from AS day, [proof] AS evidence
FROM member_now
WHERE covered
