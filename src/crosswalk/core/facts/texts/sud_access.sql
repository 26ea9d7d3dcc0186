-- name: sud_access
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: Meets access criteria for, or receives, Drug Medi-Cal or DMC-ODS (in it, or with a
--   substance use diagnosis other than tobacco).
-- unknown_when: neither the services nor a substance use diagnosis is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27, App. B
-- question: Does the person meet the criteria for Drug Medi-Cal services, or receive them?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, TRUE AS yes, day, proof
  FROM condition_shown
  WHERE condition = 'substance_use' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM program
  WHERE code IN ('dmc', 'dmc_ods') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
) AS shown
GROUP BY person_id
