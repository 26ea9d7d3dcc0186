-- name: family_maintenance
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: In Family Maintenance now or within the window.
-- unknown_when: not recorded within the window (there is no aid code for it)
-- source: CalAIM ECM Policy Guide, January 2026, p. 45-49
-- question: Is the family in Family Maintenance, now or in the last 12 months?
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
  WHERE code = 'family_maintenance' AND from_day <= :on
) AS shown
GROUP BY person_id
