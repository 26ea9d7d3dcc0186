-- name: bh_stays
-- value: number
-- unit: stays
-- window: months 12
-- measures: Hospital stays with a mental illness or substance use diagnosis during the stay.
-- unknown_when: the person's plan sends no stays
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27
-- question: How often was the person in hospital for mental health or substance use?
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
  FROM hospital_stay AS s
  WHERE s.from_day BETWEEN :since AND :on AND EXISTS (
    SELECT 1
    FROM condition_shown AS d
    WHERE d.person_id = s.person_id AND d.condition IN ('serious_mental_illness', 'substance_use')
      AND d.day >= s.from_day AND d.day <= :on AND (s.end_day IS NULL OR d.day < s.end_day)
  )
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.hospital_stays
