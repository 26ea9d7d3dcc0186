-- name: plan_reports
-- says: which kinds of events each plan sends at all: only of those does silence mean none
-- kept: yes

SELECT
  source,
  bool_or(kind = 'ed_visit') AS emergency_visits,
  bool_or(kind = 'inpatient_stay') AS hospital_stays,
  bool_or(kind = 'snf_stay') AS nursing_stays,
  bool_or(kind = 'authorization') AS authorizations,
  bool_or(kind = 'enrollment') AS enrollments
FROM in_events
GROUP BY source
