-- name: no_next_place_or_means
-- value: flag
-- unit: yes or no
-- window: days 30
-- measures: Has found no next place to live and lacks the money or people who could help to get one.
-- unknown_when: nobody has said so
-- source: 24 CFR 91.5; Community Supports reference 1.2
-- question: Is the person without another place to go, and without money or people who could help to
--   get one?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  SubsequentResidence = 0 AND ResourcesToObtain = 0 AS value,
  InformationDate AS day,
  [struct_pack(delivery := delivery, file := file, "row" := "row", day := InformationDate, says := 'next place and means to get one')] AS evidence
FROM contact
WHERE SubsequentResidence IN (0, 1) AND ResourcesToObtain IN (0, 1) AND InformationDate >= :since
QUALIFY row_number() OVER (
  PARTITION BY person_id ORDER BY InformationDate DESC, SubsequentResidence, ResourcesToObtain, delivery, "row"
) = 1
