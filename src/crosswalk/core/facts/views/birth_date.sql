-- name: birth_date
-- says: one birth date a person: the plan's first, else the one in HMIS
-- kept: yes

SELECT person_id, dob, proof FROM member_now WHERE dob IS NOT NULL
UNION ALL
SELECT c.person_id, c.DOB AS dob,
  struct_pack(delivery := c.delivery, file := c.file, "row" := c."row", day := CAST(c.DateUpdated AS DATE), says := 'HMIS client record') AS proof
FROM hmis_client AS c
LEFT JOIN member_now AS m ON m.person_id = c.person_id AND m.dob IS NOT NULL
WHERE c.DOB IS NOT NULL AND c.DOBDataQuality IN (1, 2) AND m.person_id IS NULL
QUALIFY row_number() OVER (PARTITION BY c.person_id ORDER BY c.DOBDataQuality, c.DateUpdated DESC, c.PersonalID) = 1
