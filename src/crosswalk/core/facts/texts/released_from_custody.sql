-- name: released_from_custody
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Released from jail, prison or a youth facility within the window (the day itself included).
-- unknown_when: no release is recorded within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 31-33
-- question: Was the person released from jail or prison in the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(day >= :since) AS value,
  max(day) AS day,
  array_agg(proof) AS evidence
FROM custody_release
WHERE day <= :on
GROUP BY person_id
