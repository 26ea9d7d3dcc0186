-- name: loses_housing_within_30_days
-- value: flag
-- unit: yes or no
-- window: days 30
-- measures: Will imminently lose housing within 30 days (DHCS).
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (v)
-- question: Will the person lose their housing within 30 days?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'loses_housing_within_30_days'
