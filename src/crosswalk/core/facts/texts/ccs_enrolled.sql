-- name: ccs_enrolled
-- value: flag
-- unit: yes or no
-- window: none
-- measures: In California Children's Services or its Whole Child Model on the day.
-- unknown_when: the person's plan does not name CCS
-- source: CalAIM ECM Policy Guide, January 2026, p. 41-45
-- question: Is the child in California Children's Services?
-- attestable: yes
-- confidence: verified

SELECT k.person_id, p.person_id IS NOT NULL AS value, p.day, p.evidence
FROM member_now AS k
LEFT JOIN (
  SELECT person_id, max(from_day) AS day, array_agg(proof) AS evidence
  FROM program
  WHERE code IN ('ccs', 'ccs_wcm') AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
  GROUP BY person_id
) AS p ON p.person_id = k.person_id
WHERE k.covered OR p.person_id IS NOT NULL
