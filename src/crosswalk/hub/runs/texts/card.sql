-- One index card a record: what linkage cleaned, how common its names are among members, and the keys it is found by.
SELECT p.person_id, r.source, r.source_id, r.first, r.first_c, r.middle, {given} AS given, r.last_c, r.tok1, r.tok2,
  r.suffix, r.two_surnames, r.dob, r.ssn, r.ssn4, r.sex, r.phone, r.zip, r.cin, {shares},
  '{{' || array_to_string({keys}, ',') || '}}' AS keys, k.known_to, k.named
FROM cleaned AS r
JOIN persons AS p USING (source, source_id)
JOIN known AS k USING (person_id)
{joins}
WHERE r.hashed_first IS NULL AND r.ssn_hash IS NULL
