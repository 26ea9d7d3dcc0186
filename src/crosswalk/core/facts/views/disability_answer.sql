-- name: disability_answer
-- says: the newest known HMIS answer of a person about each kind of disability
-- kept: yes

SELECT
  person_id,
  CASE DisabilityType
    WHEN 5 THEN 'physical' WHEN 6 THEN 'developmental' WHEN 7 THEN 'chronic'
    WHEN 8 THEN 'hiv' WHEN 9 THEN 'mental_health' ELSE 'substance_use'
  END AS disability,
  DisabilityResponse > 0 AS yes,
  DisabilityResponse > 0 AND (IndefiniteAndImpairs = 1 OR DisabilityType IN (6, 8)) AS impairing,
  InformationDate AS day,
  struct_pack(
    delivery := delivery, file := file, "row" := "row", day := InformationDate, says :=
    CASE DisabilityType
      WHEN 5 THEN 'physical disability: ' WHEN 6 THEN 'developmental disability: '
      WHEN 7 THEN 'chronic health condition: ' WHEN 8 THEN 'HIV or AIDS: '
      WHEN 9 THEN 'mental health disorder: ' ELSE 'substance use disorder: '
    END || CASE
      WHEN DisabilityResponse = 0 THEN 'no' WHEN DisabilityType <> 10 THEN 'yes'
      WHEN DisabilityResponse = 1 THEN 'alcohol' WHEN DisabilityResponse = 2 THEN 'drugs' ELSE 'alcohol and drugs'
    END
  ) AS proof
FROM hmis_disabilities
WHERE InformationDate <= :on AND DisabilityResponse IN (0, 1, 2, 3) AND DisabilityType BETWEEN 5 AND 10
QUALIFY row_number() OVER (
  PARTITION BY person_id, DisabilityType
  ORDER BY InformationDate DESC, DisabilityResponse DESC, IndefiniteAndImpairs, delivery, "row"
) = 1
