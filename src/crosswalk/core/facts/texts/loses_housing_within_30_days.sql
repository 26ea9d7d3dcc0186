-- name: loses_housing_within_30_days
-- value: flag
-- unit: yes or no
-- window: days 30
-- measures: Will imminently lose housing within 30 days (DHCS).
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (v)
-- question: Will the person lose their housing within 30 days?
-- attestable: yes
-- confidence: verified

SELECT person_id, yes AS value, day, [proof] AS evidence
FROM (
  SELECT
    person_id, LeaveSituation14Days = 1 AS yes, InformationDate AS day,
    struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := 'has to leave within 14 days: ' || CASE WHEN LeaveSituation14Days = 1 THEN 'yes' ELSE 'no' END) AS proof
  FROM contact
  WHERE LeaveSituation14Days = 1 AND InformationDate >= :since
  UNION ALL
  SELECT person_id, time_to_housing_loss IN (0, 1, 2) AS yes, entry AS day, proof
  FROM project_stay
  WHERE time_to_housing_loss IN (0, 1, 2) AND entry >= :since
) AS said
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY day DESC, yes DESC) = 1
