-- name: rising_risk
-- value: flag
-- unit: yes or no
-- window: none
-- measures: A rising risk: blood pressure, sugar, lead or a like sign.
-- unknown_when: nobody has said so
-- source: CHW benefit (APL 24-006)
-- question: Are there signs of rising risk, such as blood pressure or sugar?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'rising_risk'
