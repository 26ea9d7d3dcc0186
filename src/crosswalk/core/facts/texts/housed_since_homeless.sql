-- name: housed_since_homeless
-- value: number
-- unit: months
-- window: none
-- measures: Whole months since the person went from homelessness into housing and stayed housed.
-- unknown_when: no move from homelessness into housing is recorded, or the person is homeless again
-- source: Community Supports Policy Guide, Day Habilitation (24 months)
-- question: When did the person move from homelessness into housing?
-- attestable: no
-- confidence: unverified

SELECT
  person_id,
  (year(:on) - year(since)) * 12 + month(:on) - month(since) - CASE WHEN day(:on) < day(since) THEN 1 ELSE 0 END
    AS value,
  since AS day,
  evidence
FROM (
  SELECT s.person_id, min(s.day) AS since, array_agg(s.proof) AS evidence
  FROM housing_sign AS s
  JOIN living_now AS n ON n.person_id = s.person_id AND n.clause = 'housed'
  JOIN (
    SELECT person_id, max(day) AS last_homeless FROM housing_sign WHERE homeless GROUP BY person_id
  ) AS h ON h.person_id = s.person_id
  WHERE NOT s.homeless AND s.day >= h.last_homeless
  GROUP BY s.person_id
) AS moved
