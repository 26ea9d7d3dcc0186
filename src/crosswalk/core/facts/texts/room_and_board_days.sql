-- name: room_and_board_days
-- value: number
-- unit: days
-- window: months 12
-- measures: Days of recuperative care, post-hospital housing and Transitional Rent in the window, each
--   day once.
-- unknown_when: the person's plan sends no enrollments
-- source: Community Supports, global cap on room and board (6 months in 12)
-- question: How many days of recuperative care, post-hospital housing or Transitional Rent has the
--   person had in 12 months, with any plan?
-- attestable: no
-- confidence: secondary

SELECT person_id, value, day, evidence
FROM attested
WHERE fact = 'room_and_board_days'
