-- name: share_of_cost
-- value: code
-- unit: code
-- window: none
-- measures: Share of cost: none, ltc (long-term care only) or other.
-- unknown_when: no member record is linked to the person, or the column is blank
-- source: CalAIM ECM Policy Guide, January 2026, p. 10-11, 62-88
-- question: Does the person have a share of cost?
-- attestable: no
-- confidence: verified

SELECT person_id, share_of_cost AS value, coverage_from AS day, [proof] AS evidence
FROM member_now
WHERE share_of_cost IS NOT NULL
