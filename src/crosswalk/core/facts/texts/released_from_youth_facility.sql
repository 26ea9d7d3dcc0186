-- name: released_from_youth_facility
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Released from a youth correctional facility within the window.
-- unknown_when: no such release is recorded within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 31-33
-- question: Was the person released from a youth facility in the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(day >= :since) AS value,
  max(day) AS day,
  array_agg(proof) AS evidence
FROM custody_release
WHERE day <= :on AND code = 'youth'
GROUP BY person_id
