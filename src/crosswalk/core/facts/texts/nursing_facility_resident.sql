-- name: nursing_facility_resident
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Lives in a nursing facility on the day: open stay, level of care nf_resident, or HMIS 225.
-- unknown_when: the person's plan sends no nursing facility stays
-- source: CalAIM ECM Policy Guide, January 2026, p. 37-41
-- question: Does the person live in a nursing facility now?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM nursing_stay
  WHERE from_day <= :on AND (end_day IS NULL OR end_day > :on)
  UNION ALL
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM level_of_care
  WHERE code = 'nf_resident' AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
  UNION ALL
  SELECT person_id, TRUE AS yes, day, proof
  FROM living_now
  WHERE code = 225 AND day > :on - 90
  UNION ALL
  SELECT person_id, FALSE AS yes, CAST(NULL AS DATE) AS day, NULL AS proof
  FROM reported
  WHERE nursing_stays
) AS shown
GROUP BY person_id
