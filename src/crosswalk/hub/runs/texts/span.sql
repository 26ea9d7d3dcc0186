-- One row a span of coverage, half-open, with whether the plan's newest file still names the member.
SELECT k.person_id, m.plan, m.cin, m.coverage_from AS starts, m.coverage_end AS ends, coalesce(m.aid_code, '') AS aid_code,
  coalesce(m.renewal_month, '') AS renewal_month, m.in_newest AS sure, t.day AS told_on, k.known_to, k.named
FROM persons AS p
JOIN known AS k USING (person_id)
JOIN in_members AS m ON m.source = p.source AND m.cin = p.source_id
LEFT JOIN (SELECT DISTINCT delivery, day FROM told) AS t ON t.delivery = m.delivery
WHERE m.coverage_from IS NOT NULL AND coalesce(m.coverage_end, DATE '9999-12-31') > m.coverage_from
