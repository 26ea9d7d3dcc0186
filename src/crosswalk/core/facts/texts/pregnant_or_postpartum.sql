-- name: pregnant_or_postpartum
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Pregnant, or within 12 months after a pregnancy ended in any way.
-- unknown_when: no pregnancy is recorded within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 49-54
-- question: Is the person pregnant, or was within the last 12 months?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(yes) AS value,
  coalesce(max(day) FILTER (WHERE yes), max(day)) AS day,
  array_agg(proof) AS evidence
FROM (
  -- A pregnancy without an end is over after 40 weeks.
  SELECT person_id, coalesce(end_day, from_day + 280) > :since AS yes, from_day AS day, proof
  FROM pregnancy
  WHERE from_day <= :on
  UNION ALL
  SELECT person_id, TRUE AS yes, day, proof
  FROM condition_shown
  WHERE condition = 'pregnancy' AND day BETWEEN :since AND :on
  UNION ALL
  SELECT
    person_id, TRUE AS yes, InformationDate AS day, struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := 'pregnancy status') AS proof
  FROM hmis_healthanddv
  WHERE PregnancyStatus = 1 AND InformationDate BETWEEN :since AND :on
) AS shown
GROUP BY person_id
