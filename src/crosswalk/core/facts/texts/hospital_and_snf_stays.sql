-- name: hospital_and_snf_stays
-- value: number
-- unit: stays
-- window: months 6
-- measures: Hospital stays not known as planned, and nursing facility stays not known as long, that
--   began in the window; they add up.
-- unknown_when: the person's plan sends no stays
-- source: CalAIM ECM Policy Guide, January 2026, p. 19-21
-- question: How often was the person admitted to a hospital, unplanned, or to a nursing facility for a
--   short time?
-- attestable: no
-- confidence: verified
-- extra: unknown_kind (number): how many of them nobody has judged

SELECT
  r.person_id,
  coalesce(c.number, 0) AS value,
  c.day,
  c.evidence,
  coalesce(c.unjudged, 0) AS unknown_kind
FROM reported AS r
LEFT JOIN (
  SELECT
    person_id,
    CAST(count(*) AS INTEGER) AS number,
    CAST(count(*) - count(judged) AS INTEGER) AS unjudged,
    max(from_day) AS day,
    array_agg(proof) AS evidence
  FROM (
    SELECT person_id, from_day, planned AS judged, proof
    FROM hospital_stay
    WHERE coalesce(planned, '') <> 'planned'
    UNION ALL
    SELECT person_id, from_day, length AS judged, proof
    FROM nursing_stay
    WHERE coalesce(length, '') <> 'long'
  ) AS stay
  WHERE from_day BETWEEN :since AND :on
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.hospital_stays OR r.nursing_stays
