-- name: loses_housing_within_14_days
-- value: flag
-- unit: yes or no
-- window: days 14
-- measures: Will imminently lose housing within 14 days (HUD).
-- unknown_when: nobody has said so
-- source: 24 CFR 91.5 (2); HUD 4.12
-- question: Will the person lose their housing within 14 days, with no other place and no money for
--   one?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'loses_housing_within_14_days'
