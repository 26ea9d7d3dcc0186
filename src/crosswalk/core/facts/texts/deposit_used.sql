-- name: deposit_used
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Has had Housing Deposits, ever.
-- unknown_when: the person's plan sends neither enrollments nor authorizations
-- source: Community Supports, Housing Deposits (once per lifetime)
-- question: Has the person ever had Housing Deposits from a plan?
-- attestable: yes
-- confidence: secondary

SELECT r.person_id, h.person_id IS NOT NULL AS value, h.day, h.evidence
FROM reported AS r
LEFT JOIN (
  SELECT person_id, max(from_day) AS day, array_agg(proof) AS evidence
  FROM service_had
  WHERE code = 'cs.hd' AND from_day <= :on
  GROUP BY person_id
) AS h ON h.person_id = r.person_id
WHERE r.enrollments OR r.authorizations
