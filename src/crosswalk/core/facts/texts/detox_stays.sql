-- name: detox_stays
-- value: number
-- unit: stays
-- window: months 12
-- measures: Stays for withdrawal: hospital stays with a substance use diagnosis, or HMIS stays in a
--   detox facility.
-- unknown_when: the person's plan sends no stays
-- source: CHW benefit (APL 24-006)
-- question: How often did the person stay for detox in the last 12 months?
-- attestable: no
-- confidence: secondary

SELECT
  person_id,
  CAST(greatest(count(*) FILTER (WHERE kind = 'stay'), max(CASE WHEN kind = 'hmis' THEN 1 ELSE 0 END)) AS INTEGER) AS value,
  max(day) AS day,
  array_agg(proof) FILTER (WHERE kind <> 'none') AS evidence
FROM (
  SELECT person_id, 'stay' AS kind, from_day AS day, proof
  FROM hospital_stay AS s
  WHERE s.from_day BETWEEN :since AND :on AND EXISTS (
    SELECT 1
    FROM condition_shown AS d
    WHERE d.person_id = s.person_id AND d.condition = 'substance_use'
      AND d.day >= s.from_day AND d.day <= :on AND (s.end_day IS NULL OR d.day < s.end_day)
  )
  UNION ALL
  SELECT person_id, 'hmis' AS kind, day, proof
  FROM situation
  WHERE code = 205 AND day BETWEEN :since AND :on
  UNION ALL
  SELECT person_id, 'none' AS kind, CAST(NULL AS DATE) AS day, NULL AS proof
  FROM reported
  WHERE hospital_stays
) AS stay
GROUP BY person_id
