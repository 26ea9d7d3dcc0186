-- name: open_inpatient
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In hospital on the day.
-- unknown_when: the person's plan sends no stays
-- source: crosswalk events file
-- question: Is the person in hospital now?
-- attestable: no
-- confidence: verified

SELECT r.person_id, s.person_id IS NOT NULL AS value, s.day, s.evidence
FROM reported AS r
LEFT JOIN (
  SELECT person_id, max(from_day) AS day, array_agg(proof) AS evidence
  FROM hospital_stay
  WHERE from_day <= :on AND (end_day IS NULL OR end_day > :on)
  GROUP BY person_id
) AS s ON s.person_id = r.person_id
WHERE r.hospital_stays
