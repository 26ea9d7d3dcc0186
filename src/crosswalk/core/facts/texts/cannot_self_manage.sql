-- name: cannot_self_manage
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Cannot successfully self-manage the need.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 13
-- question: Is the person unable to manage these needs alone?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'cannot_self_manage'
