-- name: juvenile_justice
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Involved in juvenile justice: released from a youth facility, or HMIS says former ward of
--   juvenile justice.
-- unknown_when: not recorded
-- source: CalAIM ECM Policy Guide, January 2026, App. B; HUD R12
-- question: Has the youth been involved in juvenile justice?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, day >= :since AS yes, day, proof
  FROM custody_release
  WHERE code = 'youth' AND day <= :on
  UNION ALL
  SELECT person_id, former_justice = 1 AS yes, entry AS day, proof
  FROM project_stay
  WHERE former_justice IN (0, 1)
) AS shown
GROUP BY person_id
