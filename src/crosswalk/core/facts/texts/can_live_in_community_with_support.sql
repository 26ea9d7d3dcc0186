-- name: can_live_in_community_with_support
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Can live in the community without a break, with support around.
-- unknown_when: nobody has said so
-- source: CalAIM ECM Policy Guide, January 2026, p. 33-41
-- question: Could the person live in the community all the time, with support?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'can_live_in_community_with_support'
