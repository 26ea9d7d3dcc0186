-- name: nursing_facility_days
-- value: number
-- unit: days
-- window: none
-- measures: Days without a break in a nursing facility, of the stay open on the day.
-- unknown_when: no stay is open
-- source: Community Supports, Assisted Living Facility Transitions (60 days or more)
-- question: How long has the person been in the nursing facility?
-- attestable: no
-- confidence: unverified

SELECT
  r.person_id,
  coalesce(c.number, 0) AS value,
  c.day,
  c.evidence
FROM reported AS r
LEFT JOIN (
  SELECT
    person_id,
    CAST(date_diff('day', min(from_day), :on) + 1 AS INTEGER) AS number,
    min(from_day) AS day,
    array_agg(proof) AS evidence
  FROM nursing_stay
  WHERE from_day <= :on AND (end_day IS NULL OR end_day > :on)
  GROUP BY person_id
) AS c ON c.person_id = r.person_id
WHERE r.nursing_stays
