-- name: requests_pending
-- value: codes
-- unit: codes
-- window: none
-- measures: ECM and Community Supports asked for and not yet decided on the day.
-- unknown_when: the person's plan sends no authorizations
-- source: crosswalk events file
-- question: What has been asked of the plan and not yet been answered?
-- attestable: no
-- confidence: verified

SELECT
  k.person_id,
  coalesce(h.held, CAST([] AS VARCHAR[])) AS value,
  h.day,
  h.evidence
FROM (SELECT person_id FROM reported WHERE authorizations) AS k
LEFT JOIN (
  SELECT person_id, list_sort(array_agg(DISTINCT code)) AS held, max(from_day) AS day, array_agg(proof) AS evidence
  FROM service_authorization
  WHERE value = 'requested' AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
  GROUP BY person_id
) AS h ON h.person_id = k.person_id
