-- name: prioritized_by_coordinated_entry
-- value: flag
-- unit: yes or no
-- window: months 12
-- measures: Placed on the prioritization list, or referred to a permanent housing opening, by
--   Coordinated Entry.
-- unknown_when: no Coordinated Entry assessment within the window
-- source: HUD 4.19, 4.20; Community Supports common eligibility 2025
-- question: Has Coordinated Entry prioritized the person for housing?
-- attestable: yes
-- confidence: verified

SELECT person_id, yes AS value, day, [proof] AS evidence
FROM (
  SELECT
    person_id, PrioritizationStatus = 1 AS yes, AssessmentDate AS day,
    struct_pack(delivery := delivery, file := file, "row" := "row", day := AssessmentDate, says := 'Coordinated Entry assessment') AS proof
  FROM hmis_assessment
  WHERE PrioritizationStatus IN (1, 2) AND AssessmentDate BETWEEN :since AND :on
  UNION ALL
  SELECT
    person_id, TRUE AS yes, EventDate AS day, struct_pack(delivery := delivery, file := file, "row" := "row", day := EventDate, says := 'referral to a permanent housing opening') AS proof
  FROM hmis_event
  WHERE Event IN (13, 14, 15, 17, 18) AND coalesce(ReferralResult, 1) = 1 AND EventDate BETWEEN :since AND :on
) AS said
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY day DESC, yes DESC) = 1
