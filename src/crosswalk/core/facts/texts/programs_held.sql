-- name: programs_held
-- value: codes
-- unit: codes
-- window: none
-- measures: Programs the person holds on the day (hospice, PACE, waivers, CCM …), as the plan's events
--   say.
-- unknown_when: the person is not a covered member of any plan
-- source: CalAIM ECM Policy Guide, January 2026, p. 62-88
-- question: Is the person in hospice, PACE, a waiver or another care management program?
-- attestable: no
-- confidence: verified

SELECT
  k.person_id,
  coalesce(h.held, CAST([] AS VARCHAR[])) AS value,
  h.day,
  h.evidence
FROM (SELECT person_id FROM member_now WHERE covered) AS k
LEFT JOIN (
  SELECT person_id, list_sort(array_agg(DISTINCT code)) AS held, max(from_day) AS day, array_agg(proof) AS evidence
  FROM program
  WHERE from_day <= :on AND (end_day IS NULL OR end_day > :on)
  GROUP BY person_id
) AS h ON h.person_id = k.person_id
