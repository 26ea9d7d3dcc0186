-- name: attested
-- says: the newest thing that somebody attested, by person and fact
-- kept: yes

SELECT person_id, fact, value = 'yes' AS value, day, [shown] AS evidence
FROM (
  SELECT person_id, code AS fact, value, from_day AS day, 0 AS told, proof AS shown
  FROM plan_event
  WHERE kind = 'attestation' AND value IN ('yes', 'no')
  UNION ALL
  -- What a worker answered here; of two answers for the same day the later one holds.
  SELECT
    s.person_id, a.fact, a.value, a.day, a."row" AS told,
    struct_pack(
      delivery := a.delivery, file := a.file, "row" := a."row", day := a.day,
      says := concat_ws(' ', 'answer', a.value, 'by', a."by")
    ) AS shown
  FROM in_answers AS a
  JOIN person_source AS s ON s.source_id = a.source_id AND s.source = a.source
  WHERE a.day <= :on AND a.value IN ('yes', 'no')
) AS said
QUALIFY row_number() OVER (PARTITION BY person_id, fact ORDER BY day DESC, told DESC, value) = 1
