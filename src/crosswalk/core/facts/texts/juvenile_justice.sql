-- name: juvenile_justice
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Involved in juvenile justice: released from a youth facility, or HMIS says former ward of
--   juvenile justice.
-- unknown_when: not recorded
-- source: CalAIM ECM Policy Guide, January 2026, App. B; HUD R12
-- question: Has the youth been involved in juvenile justice?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'juvenile_justice'
