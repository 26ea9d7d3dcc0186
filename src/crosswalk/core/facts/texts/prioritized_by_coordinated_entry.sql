-- name: prioritized_by_coordinated_entry
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Placed on the prioritization list, or referred to a permanent housing opening, by
--   Coordinated Entry.
-- unknown_when: no Coordinated Entry assessment within the window
-- source: HUD 4.19, 4.20; Community Supports common eligibility 2025
-- question: Has Coordinated Entry prioritized the person for housing?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'prioritized_by_coordinated_entry'
