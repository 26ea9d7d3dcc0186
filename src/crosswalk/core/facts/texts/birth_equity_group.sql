-- name: birth_equity_group
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Black, American Indian or Alaska Native, or Pacific Islander, by the plan or by HMIS.
-- unknown_when: neither the plan nor HMIS names a race or ethnicity that we can read
-- source: CalAIM ECM Policy Guide, January 2026, p. 49-54; CDPH maternal health dashboards
-- question: Is the person Black, American Indian or Alaska Native, or Pacific Islander?
-- attestable: yes
-- confidence: verified

SELECT person_id, bool_or(yes) AS value, max(day) AS day, array_agg(proof) AS evidence
FROM (
  SELECT m.person_id, w.yes, m.coverage_from AS day, m.proof
  FROM member_now AS m
  JOIN (
    SELECT t.race_ethnicity, bool_or(r.race <> 'other') AS yes
    FROM (SELECT DISTINCT race_ethnicity FROM member_now) AS t
    JOIN race_words AS r ON contains(lower(t.race_ethnicity), r.word)
    GROUP BY t.race_ethnicity
  ) AS w ON w.race_ethnicity = m.race_ethnicity
  UNION ALL
  SELECT
    person_id,
    BlackAfAmerican = 1 OR AmIndAKNative = 1 OR NativeHIPacific = 1 AS yes,
    CAST(DateUpdated AS DATE) AS day,
    struct_pack(delivery := delivery, file := file, "row" := "row", day := CAST(DateUpdated AS DATE), says := 'race and ethnicity in HMIS') AS proof
  FROM hmis_client
  WHERE 1 IN (
    BlackAfAmerican, AmIndAKNative, NativeHIPacific, Asian, HispanicLatinao, MidEastNAfrican, White
  )
) AS named
GROUP BY person_id
