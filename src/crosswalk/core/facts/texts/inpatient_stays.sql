-- name: inpatient_stays
-- value: number
-- unit: stays
-- window: months 6
-- measures: Hospital stays that touch the window, planned or not.
-- unknown_when: the person's plan sends no stays
-- source: CHW benefit (APL 24-006)
-- question: How often was the person in hospital?
-- attestable: no
-- confidence: verified

SELECT
  r.person_id,
  coalesce(c.number, 0) AS value,
  c.day,
  c.evidence
FROM reported AS r
LEFT JOIN (
  SELECT person_id, CAST(count(*) AS INTEGER) AS number, max(from_day) AS day, array_agg(proof) AS evidence
  FROM hospital_stay
  WHERE from_day <= :on AND (end_day IS NULL OR end_day > :since)
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.hospital_stays
