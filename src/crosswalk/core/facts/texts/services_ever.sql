-- name: services_ever
-- value: codes
-- unit: codes
-- window: none
-- measures: ECM and Community Supports that were ever authorized or received until the day.
-- unknown_when: the person's plan sends neither enrollments nor authorizations
-- source: crosswalk events file
-- question: Which ECM or Community Supports has the person ever had?
-- attestable: no
-- confidence: verified

SELECT
  k.person_id,
  coalesce(h.held, CAST([] AS VARCHAR[])) AS value,
  h.day,
  h.evidence
FROM (SELECT person_id FROM reported WHERE enrollments OR authorizations) AS k
LEFT JOIN (
  SELECT person_id, list_sort(array_agg(DISTINCT code)) AS held, max(from_day) AS day, array_agg(proof) AS evidence
  FROM service_had
  WHERE from_day <= :on
  GROUP BY person_id
) AS h ON h.person_id = k.person_id
