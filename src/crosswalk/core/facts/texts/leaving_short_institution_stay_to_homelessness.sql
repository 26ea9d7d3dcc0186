-- name: leaving_short_institution_stay_to_homelessness
-- value: flag
-- unit: yes or no
-- window: days 30
-- measures: The same by HUD's older rule: the stay lasted at most 90 days.
-- unknown_when: no stay in an institution is known, or the place before it
-- source: 24 CFR 91.5
-- question: Was the person homeless before a stay of less than 90 days in a hospital, jail or other
--   institution?
-- attestable: yes
-- confidence: verified

SELECT
  person_id,
  bool_or(homeless AND short) AS value,
  max(day) AS day,
  list_concat(array_agg(proof), array_agg(sign_proof)) AS evidence
FROM (
  -- Each such stay with the newest sign of housing or homelessness from the year before it until its end.
  SELECT i.person_id, i.short, s.homeless, greatest(s.day, i.from_day) AS day, i.proof, s.proof AS sign_proof
  FROM institution_stay AS i
  JOIN housing_sign AS s
    ON s.person_id = i.person_id
    AND s.day BETWEEN i.from_day - 365 AND coalesce(i.end_day, :on)
  WHERE i.from_day <= :until AND (i.end_day IS NULL OR i.end_day > :since)
  QUALIFY row_number() OVER (
    PARTITION BY i.person_id, i.from_day, i.end_day, i.short ORDER BY s.day DESC, s.homeless DESC, s.proof
  ) = 1
  UNION ALL
  -- Known to live elsewhere, and in no such stay.
  SELECT n.person_id, TRUE AS short, FALSE AS homeless, n.day, n.proof, n.proof AS sign_proof
  FROM living_now AS n
  WHERE n."group" IN ('homeless', 'temporary', 'permanent') AND (n.holds OR (n.still AND n.day >= :on - 90))
    AND NOT EXISTS (
      SELECT 1 FROM institution_stay AS i
      WHERE i.person_id = n.person_id AND i.from_day <= :until AND (i.end_day IS NULL OR i.end_day > :since)
    )
) AS one
GROUP BY person_id
