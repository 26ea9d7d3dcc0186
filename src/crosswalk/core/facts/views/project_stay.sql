-- name: project_stay
-- says: HMIS enrollments with their exit and project, begun by the day; a later exit is still open
-- kept: yes

SELECT
  e.person_id, e.source, e.PersonalID AS source_id, e.EnrollmentID AS enrollment_id, e.HouseholdID AS household_id,
  p.ProjectType AS project_type, p.RRHSubType AS rrh_type, p.ProjectName AS project_name,
  e.RelationshipToHoH AS relationship,
  e.EntryDate AS entry,
  CASE WHEN x.ExitDate <= :on THEN x.ExitDate END AS exit_day,
  CASE WHEN x.ExitDate <= :on THEN x.Destination END AS destination,
  CASE WHEN p.ProjectType IN (3, 9, 10, 13) AND coalesce(e.MoveInDate, h.MoveInDate) BETWEEN e.EntryDate AND :on
    AND (x.ExitDate IS NULL OR coalesce(e.MoveInDate, h.MoveInDate) <= x.ExitDate)
    THEN coalesce(e.MoveInDate, h.MoveInDate) END AS move_in,
  e.LivingSituation AS living_situation, e.LengthOfStay AS length_of_stay,
  e.LOSUnderThreshold AS under_threshold, e.PreviousStreetESSH AS street_before, e.DateToStreetESSH AS street_since,
  e.TimesHomelessPastThreeYears AS times_homeless, e.MonthsHomelessPastThreeYears AS months_homeless,
  e.DisablingCondition AS disabling_condition, e.TimeToHousingLoss AS time_to_housing_loss,
  e.FormerWardChildWelfare AS former_foster, e.FormerWardJuvenileJustice AS former_justice,
  e.delivery, e.file, e."row",
  struct_pack(
    delivery := e.delivery, file := e.file, "row" := e."row", day := e.EntryDate,
    says := 'entry into ' || coalesce(p.ProjectName, 'a project')
  ) AS proof,
  struct_pack(
    delivery := x.delivery, file := x.file, "row" := x."row", day := x.ExitDate,
    says := concat_ws(' ', 'exit from', coalesce(p.ProjectName, 'a project'), 'to:', coalesce(g.meaning, CAST(x.Destination AS VARCHAR)))
  ) AS exit_proof
FROM hmis_enrollment AS e
JOIN hmis_project AS p ON p.ProjectID = e.ProjectID AND p.source = e.source
LEFT JOIN hmis_exit AS x ON x.EnrollmentID = e.EnrollmentID AND x.source = e.source
LEFT JOIN living_situations AS g ON g.code = x.Destination
LEFT JOIN (
  SELECT source, HouseholdID, min(MoveInDate) AS MoveInDate
  FROM hmis_enrollment
  WHERE RelationshipToHoH = 1
  GROUP BY source, HouseholdID
) AS h ON h.HouseholdID = e.HouseholdID AND h.source = e.source
WHERE e.EntryDate <= :on
