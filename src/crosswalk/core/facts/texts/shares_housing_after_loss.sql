-- name: shares_housing_after_loss
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Stays with others because housing was lost, for money or a like reason.
-- unknown_when: nobody has said why the person stays with others
-- source: CalAIM ECM Policy Guide, January 2026, p. 14
-- question: Does the person stay with others because they lost their own housing?
-- attestable: yes
-- confidence: verified
-- extra: staying_with_others (flag): HMIS says family or friends; the reason is not recorded

SELECT
  person_id,
  CASE WHEN clause <> 'with_others' THEN FALSE END AS value,
  day,
  [proof] AS evidence,
  clause = 'with_others' AS staying_with_others
FROM living_now
WHERE "group" IN ('homeless', 'institutional', 'temporary', 'permanent')
  AND (holds OR (still AND day >= :since))
