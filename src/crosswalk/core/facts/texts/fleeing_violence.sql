-- name: fleeing_violence
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Fleeing domestic or dating violence, sexual assault, stalking or a like danger.
-- unknown_when: not asked, or not answered, within the window
-- source: CalAIM ECM Policy Guide, January 2026, p. 12 (vi); HUD 4.11
-- question: Is the person fleeing violence at home or another danger of that kind?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  DomesticViolenceSurvivor = 1 AND CurrentlyFleeing = 1 AS value,
  InformationDate AS day,
  [struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := 'domestic violence answers')] AS evidence
FROM hmis_healthanddv
WHERE InformationDate BETWEEN :since AND :on
  AND (DomesticViolenceSurvivor = 0 OR (DomesticViolenceSurvivor = 1 AND CurrentlyFleeing IN (0, 1)))
QUALIFY row_number() OVER (
  PARTITION BY person_id ORDER BY InformationDate DESC, coalesce(CurrentlyFleeing, 0) DESC, delivery, "row"
) = 1
