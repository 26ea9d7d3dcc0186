-- name: plan_member
-- says: one row a member of a plan and stretch of coverage
-- kept: yes

SELECT
  s.person_id,
  m.plan, m.cin, m.dob, m.county, m.aid_code, m.share_of_cost, m.medicare, m.homeless_indicator, m.race_ethnicity,
  m.coverage_from, m.coverage_end,
  CASE
    WHEN m.coverage_end <= :on THEN FALSE
    WHEN NOT m.in_newest THEN NULL
    ELSE m.coverage_from <= :on
  END AS covered,
  struct_pack(delivery := m.delivery, file := m.file, "row" := m."row", day := m.coverage_from, says := 'member record of ' || m.plan) AS proof
FROM in_members AS m
JOIN person_source AS s ON s.source_id = m.cin AND s.source = m.source
