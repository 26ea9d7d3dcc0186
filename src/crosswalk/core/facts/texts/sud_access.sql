-- name: sud_access
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: Meets access criteria for, or receives, Drug Medi-Cal or DMC-ODS (in it, or with a
--   substance use diagnosis other than tobacco).
-- unknown_when: neither the services nor a substance use diagnosis is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27, App. B
-- question: Does the person meet the criteria for Drug Medi-Cal services, or receive them?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'sud_access'
