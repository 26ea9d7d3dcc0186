-- name: custody_transition
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: In transition from custody: a release is expected within the window, or HMIS says jail or
--   prison now.
-- unknown_when: no expected release is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 31-33 (pre-release window of 90 days)
-- question: Is the person about to be released from jail, prison or a youth facility?
-- attestable: yes
-- confidence: verified

SELECT person_id, bool_or(yes) AS value, max(day) AS day, array_agg(proof) AS evidence
FROM (
  SELECT person_id, day > :on AS yes, least(day, :on) AS day, proof
  FROM custody_release
  WHERE day <= :until
  UNION ALL
  SELECT person_id, TRUE AS yes, day, proof
  FROM living_now
  WHERE code = 207 AND day >= :since
) AS shown
GROUP BY person_id
