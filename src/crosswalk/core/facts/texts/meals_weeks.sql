-- name: meals_weeks
-- value: number
-- unit: weeks
-- window: months 12
-- measures: Weeks of medically tailored meals received in the window.
-- unknown_when: the person's plan sends no enrollments
-- source: Community Supports, Medically Tailored Meals (12 weeks)
-- question: How many weeks of medically tailored meals has the person had?
-- attestable: no
-- confidence: secondary

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'meals_weeks'
