-- name: foster_care_now
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In foster care on the day: placement open, or a foster care aid code.
-- unknown_when: neither a placement nor a foster care aid code is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49, App. D
-- question: Is the child or youth in foster care now?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT
    person_id, code = 'placement' AND (end_day IS NULL OR end_day > :on) AS yes, from_day AS day, proof
  FROM foster_care
  WHERE code IN ('placement', 'aged_out') AND from_day <= :on
  UNION ALL
  SELECT m.person_id, TRUE AS yes, m.coverage_from AS day, m.proof
  FROM member_now AS m
  JOIN aid_codes AS a ON a.aid_code = m.aid_code AND a.meaning = 'foster_care'
  WHERE m.covered
  UNION ALL
  SELECT person_id, TRUE AS yes, day, proof
  FROM living_now
  WHERE clause = 'foster_care' AND day > :on - 90
) AS shown
GROUP BY person_id
