-- name: smhs_access
-- value: flag
-- unit: yes or no
-- window: months 24
-- measures: Meets access criteria for, or receives, Specialty Mental Health Services (in them, in a
--   Full-Service Partnership, or with a serious mental illness on record).
-- unknown_when: neither the services nor a mental disorder is recorded
-- source: CalAIM ECM Policy Guide, January 2026, p. 24-27, App. B
-- question: Does the person meet the criteria for county specialty mental health services, or receive
--   them?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'smhs_access'
