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

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'nursing_facility_days'
