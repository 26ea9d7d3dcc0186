-- name: adoption_assistance
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In the Adoption Assistance Program: event open, or its aid codes.
-- unknown_when: neither is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49, App. D
-- question: Is the child in the Adoption Assistance Program?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  SELECT person_id, end_day IS NULL OR end_day > :on AS yes, from_day AS day, proof
  FROM foster_care
  WHERE code = 'adoption_assistance' AND from_day <= :on
  UNION ALL
  SELECT m.person_id, TRUE AS yes, m.coverage_from AS day, m.proof
  FROM member_now AS m
  JOIN aid_codes AS a ON a.aid_code = m.aid_code AND a.meaning = 'adoption_assistance'
  WHERE m.covered
) AS shown
GROUP BY person_id
