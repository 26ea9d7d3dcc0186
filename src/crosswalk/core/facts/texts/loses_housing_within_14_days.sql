-- name: loses_housing_within_14_days
-- value: flag
-- unit: yes or no
-- window: days 14
-- measures: Will imminently lose housing within 14 days (HUD).
-- unknown_when: nobody has said so
-- source: 24 CFR 91.5 (2); HUD 4.12
-- question: Will the person lose their housing within 14 days, with no other place and no money for
--   one?
-- attestable: yes
-- confidence: verified

SELECT person_id, yes AS value, day, [proof] AS evidence
FROM (
  SELECT
    person_id, LeaveSituation14Days = 1 AS yes, InformationDate AS day,
    struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := 'has to leave within 14 days: ' || CASE WHEN LeaveSituation14Days = 1 THEN 'yes' ELSE 'no' END) AS proof
  FROM contact
  WHERE LeaveSituation14Days IN (0, 1) AND InformationDate >= :since
  UNION ALL
  SELECT person_id, time_to_housing_loss IN (0, 1) AS yes, entry AS day, proof
  FROM project_stay
  WHERE time_to_housing_loss IN (0, 1, 2, 3) AND entry >= :since
) AS said
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY day DESC, yes DESC) = 1
