-- name: leaving_short_institution_stay_to_homelessness
-- value: flag
-- unit: yes or no
-- window: days 30
-- measures: The same by HUD's older rule: the stay lasted at most 90 days.
-- unknown_when: no stay in an institution is known, or the place before it
-- source: 24 CFR 91.5
-- question: Was the person homeless before a stay of less than 90 days in a hospital, jail or other
--   institution?
-- attestable: yes
-- confidence: verified

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'leaving_short_institution_stay_to_homelessness'
