-- name: ihss_applied_or_above
-- value: flag
-- unit: yes or no
-- window: none
-- measures: Has applied for In-Home Supportive Services, or needs more hours than approved, or has it.
-- unknown_when: nobody has said so
-- source: Community Supports, Personal Care and Homemaker Services
-- question: Has the person applied for In-Home Supportive Services, or needs more hours than they give?
-- attestable: yes
-- confidence: secondary

SELECT person_id, TRUE AS value, max(from_day) AS day, array_agg(proof) AS evidence
FROM program
WHERE code IN ('ihss') AND from_day <= :on AND (end_day IS NULL OR end_day > :on)
GROUP BY person_id
