-- Each distinct text of these findings once.
SELECT DISTINCT md5(reasons || array_to_string(questions, chr(10))) AS id, reasons,
  CASE WHEN len(questions) = 0 THEN '{}'
    ELSE '{' || array_to_string(
      [('"' || replace(replace(one, chr(92), chr(92) || chr(92)), '"', chr(92) || '"') || '"') FOR one IN questions], ',') || '}'
  END AS questions
FROM acted
