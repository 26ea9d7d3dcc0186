-- name: exiting_institution_or_care
-- value: flag
-- unit: yes or no
-- window: days 90
-- measures: Leaving (now or within the window) a hospital, nursing facility, jail, treatment,
--   recuperative care, post-hospital housing, interim housing or foster care.
-- unknown_when: no such stay is known
-- source: Transitional Rent and Short-Term Post-Hospitalization Housing eligibility
-- question: Is the person leaving a hospital, jail, treatment, recuperative care, shelter or foster
--   care?
-- attestable: yes
-- confidence: secondary

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'exiting_institution_or_care'
