-- name: hmis_medicaid
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Medicaid (in California: Medi-Cal) as the person said in HMIS, newest answer.
-- unknown_when: no income and benefits record answers it
-- source: HUD HMIS Data Standards FY2026, 4.04
-- question: Does the person have Medi-Cal?
-- attestable: no
-- confidence: verified
-- extra: said_on (date): the day of that answer

SELECT
  person_id,
  coalesce(Medicaid, 0) = 1 AS value,
  InformationDate AS day,
  [struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := 'insurance answers')] AS evidence,
  InformationDate AS said_on
FROM hmis_incomebenefits
WHERE InformationDate <= :on AND (Medicaid IN (0, 1) OR InsuranceFromAnySource = 0)
QUALIFY row_number() OVER (
  PARTITION BY person_id ORDER BY InformationDate DESC, coalesce(Medicaid, 0) DESC, delivery, "row"
) = 1
