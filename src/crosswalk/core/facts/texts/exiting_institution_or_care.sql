-- name: exiting_institution_or_care
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Leaving (now or within the window) a hospital, nursing facility, jail, treatment,
--   recuperative care, post-hospital housing, interim housing or foster care.
-- unknown_when: no such stay is known
-- source: Transitional Rent and Short-Term Post-Hospitalization Housing eligibility
-- question: Is the person leaving a hospital, jail, treatment, recuperative care, shelter or foster
--   care?
-- attestable: yes
-- confidence: secondary

SELECT person_id, bool_or(yes) AS value, max(day) AS day, array_agg(proof) AS evidence
FROM (
  SELECT person_id, TRUE AS yes, least(coalesce(end_day - 1, :on), :on) AS day, proof
  FROM institution_stay
  WHERE from_day <= :until AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, TRUE AS yes, coalesce(end_day - 1, :on) AS day, proof
  FROM service_enrollment
  WHERE code IN ('cs.recup', 'cs.stphh') AND from_day <= :on AND (end_day IS NULL OR end_day > :since)
  UNION ALL
  SELECT person_id, TRUE AS yes, coalesce(end_day - 1, :on) AS day, proof
  FROM foster_care
  WHERE code IN ('placement', 'aged_out') AND end_day BETWEEN :since AND :until
  UNION ALL
  SELECT person_id, TRUE AS yes, exit_day AS day, exit_proof AS proof
  FROM project_stay
  WHERE project_type IN (0, 1, 2, 8) AND exit_day >= :since
  UNION ALL
  SELECT person_id, FALSE AS yes, day, proof
  FROM living_now
  WHERE "group" IN ('homeless', 'temporary', 'permanent') AND (holds OR (still AND day >= :since))
) AS sign
GROUP BY person_id
