-- name: foster_care_recent
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: In foster care, in any state, at some time within the window.
-- unknown_when: no placement within the window is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49
-- question: Was the child or youth in foster care in the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, end_day IS NULL OR end_day > :since AS yes, from_day AS day, proof
  FROM foster_care
  WHERE code = 'placement' AND from_day <= :on
  UNION ALL
  SELECT m.person_id, TRUE AS yes, m.coverage_from AS day, m.proof
  FROM member_now AS m
  JOIN aid_codes AS a ON a.aid_code = m.aid_code AND a.meaning = 'foster_care'
  WHERE m.covered
  UNION ALL
  SELECT person_id, TRUE AS yes, day, proof
  FROM situation
  WHERE code = 215 AND day BETWEEN :since AND :on
) AS shown
GROUP BY person_id
