-- name: aged_out_of_foster_care
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In foster care on or after the 18th birthday: event aged_out, aid code 4M.
-- unknown_when: neither is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49, App. D
-- question: Was the person in foster care on their 18th birthday or later?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, TRUE AS yes, from_day AS day, proof
  FROM foster_care
  WHERE code = 'aged_out' AND from_day <= :on
  UNION ALL
  SELECT m.person_id, TRUE AS yes, m.coverage_from AS day, m.proof
  FROM member_now AS m
  JOIN aid_codes AS a ON a.aid_code = m.aid_code AND a.meaning = 'former_foster_youth'
  WHERE m.covered
) AS shown
GROUP BY person_id
