-- name: intoxicated_now
-- value: flag
-- unit: yes or no
-- window: days 1
-- measures: Intoxicated on the day, conscious and in no medical distress.
-- unknown_when: nobody has said so on the day
-- source: Community Supports, Sobering Centers
-- question: Is the person intoxicated now, but awake and not in medical danger?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'intoxicated_now' AND day BETWEEN :since AND :on
