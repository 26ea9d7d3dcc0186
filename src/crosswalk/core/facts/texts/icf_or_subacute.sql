-- name: icf_or_subacute
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Lives in an intermediate care facility or in subacute care, or is about to.
-- unknown_when: the person's plan names no programs
-- source: CalAIM ECM Policy Guide, January 2026, p. 33-41
-- question: Does the person live in an intermediate care or subacute facility?
-- attestable: yes
-- confidence: verified

SELECT k.person_id, p.person_id IS NOT NULL AS value, p.day, p.evidence
FROM member_now AS k
LEFT JOIN (
  SELECT person_id, max(from_day) AS day, array_agg(proof) AS evidence
  FROM program
  WHERE code IN ('icf') AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
  GROUP BY person_id
) AS p ON p.person_id = k.person_id
WHERE k.covered OR p.person_id IS NOT NULL
