-- name: lsa_stay
-- says: enrollments as HUD's LSA counts them (specifications 3.3 to 3.5): cleaned entry, move-in and exit, who is adult or head, who is active in the report period
-- kept: yes

WITH
project AS (
  SELECT
    p.source, p.ProjectID,
    CASE WHEN p.ProjectType = 13 AND p.RRHSubType = 1 THEN 15 ELSE p.ProjectType END AS kind,
    p.OperatingStartDate AS opens,
    p.OperatingEndDate AS closes
  FROM hmis_project AS p
  JOIN hmis_organization AS o ON o.OrganizationID = p.OrganizationID AND o.source = p.source
  WHERE o.VictimServiceProvider = 0
    AND p.ContinuumProject = 1
    AND (p.ProjectType IN (0, 1, 2, 3, 8) OR (p.ProjectType = 13 AND p.RRHSubType IN (1, 2)))
    AND p.OperatingStartDate <= :on
    AND (
      p.OperatingEndDate IS NULL
      OR (p.OperatingEndDate > :lookback AND p.OperatingEndDate > p.OperatingStartDate)
    )
),
-- Households with exactly one head.
headed AS (
  SELECT source, HouseholdID
  FROM hmis_enrollment
  WHERE RelationshipToHoH = 1
  GROUP BY source, HouseholdID
  HAVING count(*) = 1
),
-- The head's enrollment with the newest period in which its project took part in HMIS.
head_raw AS (
  SELECT
    e.source, e.HouseholdID, e.EnrollmentID, e.EntryDate, e.MoveInDate,
    p.kind, p.opens, p.closes,
    x.ExitDate,
    t.HMISParticipationStatusStartDate AS joins,
    CASE WHEN t.HMISParticipationStatusEndDate <= :on THEN t.HMISParticipationStatusEndDate END AS leaves
  FROM hmis_enrollment AS e
  JOIN headed AS o ON o.source = e.source AND o.HouseholdID = e.HouseholdID
  JOIN project AS p ON p.source = e.source AND p.ProjectID = e.ProjectID
  LEFT JOIN hmis_exit AS x ON x.source = e.source AND x.EnrollmentID = e.EnrollmentID
  JOIN hmis_hmisparticipation AS t ON t.source = e.source AND t.ProjectID = e.ProjectID
  WHERE e.RelationshipToHoH = 1
    AND e.EnrollmentCoC IS NOT NULL
    AND t.HMISParticipationType = 1
    AND t.HMISParticipationStatusStartDate <= :on
    AND (x.ExitDate IS NULL OR x.ExitDate > t.HMISParticipationStatusStartDate)
    AND (
      t.HMISParticipationStatusEndDate IS NULL
      OR (t.HMISParticipationStatusEndDate > e.EntryDate AND t.HMISParticipationStatusEndDate > :lookback)
    )
    AND e.EntryDate <= :on
    AND (p.closes IS NULL OR e.EntryDate < p.closes)
    AND (
      x.ExitDate IS NULL
      OR (x.ExitDate > :lookback AND x.ExitDate > e.EntryDate AND x.ExitDate > p.opens)
    )
  QUALIFY row_number() OVER (
    PARTITION BY e.source, e.HouseholdID ORDER BY t.HMISParticipationStatusStartDate DESC, leaves DESC
  ) = 1
),
head_nights AS (
  SELECT h.source, h.HouseholdID, min(v.DateProvided) AS first_night, max(v.DateProvided) AS last_night
  FROM head_raw AS h
  JOIN hmis_services AS v ON v.source = h.source AND v.EnrollmentID = h.EnrollmentID
  WHERE h.kind = 1
    AND v.RecordType = 200
    AND v.DateProvided >= greatest(:lookback, h.opens, h.joins, h.EntryDate)
    AND v.DateProvided <= :on
    AND (h.ExitDate IS NULL OR v.DateProvided < h.ExitDate)
    AND (h.closes IS NULL OR v.DateProvided < h.closes)
    AND (h.leaves IS NULL OR v.DateProvided < h.leaves)
  GROUP BY h.source, h.HouseholdID
),
head_dated AS (
  SELECT
    h.source, h.HouseholdID, h.kind, h.opens, h.joins, h.closes, h.leaves, n.last_night,
    CASE
      WHEN h.kind = 1 THEN n.first_night
      ELSE greatest(h.EntryDate, h.opens, h.joins)
    END AS entry,
    CASE
      WHEN h.kind NOT IN (3, 13, 15) OR h.MoveInDate < h.EntryDate OR h.MoveInDate > h.ExitDate
        OR (h.MoveInDate = h.ExitDate AND h.kind = 3)
        OR h.MoveInDate > :on OR h.MoveInDate >= h.closes OR h.MoveInDate >= h.leaves THEN NULL
      WHEN h.MoveInDate IS NOT NULL THEN greatest(h.MoveInDate, h.opens, h.joins)
    END AS move_in,
    CASE WHEN h.ExitDate <= :on THEN h.ExitDate END AS exit_day,
    CASE WHEN least(h.closes, h.leaves) <= :on THEN least(h.closes, h.leaves) END AS stops
  FROM head_raw AS h
  LEFT JOIN head_nights AS n ON n.source = h.source AND n.HouseholdID = h.HouseholdID
  WHERE h.kind <> 1 OR n.last_night IS NOT NULL
),
head AS (
  SELECT
    source, HouseholdID, kind, entry, move_in, opens, joins, closes, leaves,
    CASE
      WHEN kind = 1 AND last_night = :on THEN NULL
      WHEN kind = 1 AND (last_night + 90 <= :on OR exit_day < :on) THEN last_night + 1
      WHEN kind IN (13, 15) AND exit_day = move_in AND exit_day = :on THEN NULL
      WHEN kind IN (13, 15) AND exit_day = move_in THEN exit_day + 1
      WHEN stops IS NOT NULL AND (exit_day IS NULL OR exit_day > stops) THEN stops
      ELSE exit_day
    END AS exit_day
  FROM head_dated
),
-- Everybody of those households.
member_raw AS (
  SELECT
    e.*, h.kind, h.entry AS head_entry, h.exit_day AS head_exit, h.move_in AS head_move_in, x.ExitDate
  FROM hmis_enrollment AS e
  JOIN head AS h ON h.source = e.source AND h.HouseholdID = e.HouseholdID
  LEFT JOIN hmis_exit AS x ON x.source = e.source AND x.EnrollmentID = e.EnrollmentID
  WHERE e.RelationshipToHoH IN (1, 2, 3, 4, 5)
    AND e.EntryDate <= :on
    AND (h.exit_day IS NULL OR e.EntryDate < h.exit_day)
    AND (
      x.ExitDate IS NULL
      OR (x.ExitDate > :lookback AND x.ExitDate > e.EntryDate AND x.ExitDate > h.entry)
    )
),
member_nights AS (
  SELECT m.source, m.EnrollmentID, min(v.DateProvided) AS first_night, max(v.DateProvided) AS last_night
  FROM member_raw AS m
  JOIN hmis_services AS v ON v.source = m.source AND v.EnrollmentID = m.EnrollmentID
  WHERE m.kind = 1
    AND v.RecordType = 200
    AND v.DateProvided >= greatest(:lookback, m.EntryDate, m.head_entry)
    AND v.DateProvided <= :on
    AND (m.ExitDate IS NULL OR v.DateProvided < m.ExitDate)
    AND (m.head_exit IS NULL OR v.DateProvided < m.head_exit)
  GROUP BY m.source, m.EnrollmentID
),
dated AS (
  SELECT
    m.*,
    n.last_night,
    CASE WHEN m.kind = 1 THEN n.first_night ELSE greatest(m.EntryDate, m.head_entry) END AS entry,
    CASE
      WHEN m.head_move_in < m.EntryDate THEN m.EntryDate
      WHEN m.head_move_in > m.ExitDate THEN NULL
      WHEN m.head_move_in = m.ExitDate AND (m.head_exit IS NULL OR m.head_exit > m.ExitDate)
        AND m.RelationshipToHoH <> 1 THEN NULL
      ELSE m.head_move_in
    END AS move_in,
    CASE
      WHEN m.kind = 1 AND m.ExitDate IS NULL AND m.head_exit IS NULL AND n.last_night + 90 > :on THEN NULL
      WHEN m.kind = 1 THEN CASE WHEN n.last_night < :on THEN n.last_night + 1 END
      WHEN m.RelationshipToHoH = 1 THEN m.head_exit
      WHEN m.head_exit IS NOT NULL AND (m.ExitDate IS NULL OR m.ExitDate > m.head_exit) THEN m.head_exit
      WHEN m.ExitDate <= :on THEN m.ExitDate
    END AS exit_day
  FROM member_raw AS m
  LEFT JOIN member_nights AS n ON n.source = m.source AND n.EnrollmentID = m.EnrollmentID
  WHERE m.kind <> 1 OR n.last_night IS NOT NULL
),
-- An age is unknown when the birth date is doubtful in any enrollment of the record.
aged AS (
  SELECT
    d.*,
    c.DOB AS dob,
    max(
      CASE
        WHEN c.DOBDataQuality IN (1, 2) AND c.DOB <= d.entry
          AND NOT (d.RelationshipToHoH = 1 AND c.DOB = d.entry)
          AND c.DOB + INTERVAL 105 YEAR > d.entry THEN 0
        ELSE 1
      END
    ) OVER (PARTITION BY d.source, d.PersonalID) = 1 AS age_unknown
  FROM dated AS d
  LEFT JOIN hmis_client AS c ON c.source = d.source AND c.PersonalID = d.PersonalID
)
SELECT
  a.person_id, a.source, a.PersonalID AS source_id, a.EnrollmentID AS enrollment_id,
  a.kind AS project_type, a.entry, a.move_in, a.exit_day, a.last_night,
  a.RelationshipToHoH = 1 AS head,
  NOT a.age_unknown AND a.dob + INTERVAL 18 YEAR <= CASE
    WHEN a.exit_day IS NULL OR a.exit_day >= :report_start THEN greatest(a.entry, :report_start)
    ELSE a.entry
  END AS adult,
  (a.exit_day IS NULL OR a.exit_day >= :report_start)
    AND (h.exit_day IS NULL OR h.exit_day >= :report_start) AS active,
  (a.exit_day IS NULL OR a.exit_day > :report_start)
    AND (h.exit_day IS NULL OR h.exit_day > :report_start)
    AND (
      a.kind IN (0, 2, 8)
      OR (a.kind = 1 AND a.last_night >= :report_start)
      OR (a.kind IN (3, 13) AND a.move_in IS NOT NULL)
    ) AS in_residence,
  CASE WHEN a.DisablingCondition IN (0, 1) THEN a.DisablingCondition END AS disabling,
  a.LivingSituation AS living_situation, a.LengthOfStay AS length_of_stay,
  a.PreviousStreetESSH AS street_before, a.DateToStreetESSH AS street_since,
  a.TimesHomelessPastThreeYears AS times_homeless, a.MonthsHomelessPastThreeYears AS months_homeless,
  struct_pack(
    delivery := a.delivery, file := a.file, "row" := a."row", day := a.entry,
    says := 'enrollment counted by the method of the LSA'
  ) AS proof
FROM aged AS a
JOIN head AS h ON h.source = a.source AND h.HouseholdID = a.HouseholdID
