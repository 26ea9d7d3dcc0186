-- Findings that somebody acts on: likely, a single answer away, or in hand.
SELECT f.person_id, f.program, f.answer, md5(f.reasons || array_to_string(f.questions, chr(10))) AS said_id,
  coalesce(f.held, '') AS in_hand, coalesce(f.held_by, '') AS in_hand_with, f.rank, f."on" AS since, '' AS was, f."on",
  k.known_to, k.named
FROM acted AS f JOIN known AS k USING (person_id)
