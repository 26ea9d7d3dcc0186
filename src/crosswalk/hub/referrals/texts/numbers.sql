-- Every count of the page of numbers as rows of (what, key, count, half, most, clocked, kept), for the referrals of a
-- span of days. Row-level security narrows both tables to those the viewer is a party to.
WITH chosen AS MATERIALIZED (
  SELECT r.id, r.service, r.channel, r.outcome, r.state, r.expedited,
    coalesce(r.receiver_id::text, '') AS provider, r.sender_id::text AS sender
  FROM referrals_referral AS r
  WHERE r.at >= %(first)s AND r.at < %(end)s /* narrowed */
), turned AS MATERIALIZED (
  SELECT e.referral_id, e.id, e.verb, e.before, e.after, e.reason, e.at, c.service, c.expedited
  FROM referrals_edge AS e JOIN chosen AS c ON c.id = e.referral_id
), came AS (
  SELECT referral_id,
    bool_or(verb = ANY (%(authorized_verbs)s)) AS authorized, bool_or(verb = ANY (%(offered_verbs)s)) AS offered,
    bool_or(verb = ANY (%(accepted_verbs)s)) AS accepted, bool_or(verb = ANY (%(started_verbs)s)) AS started
  FROM turned GROUP BY referral_id
), ran AS (
  SELECT * FROM jsonb_to_recordset(%(ran)s::jsonb) AS one(state text, program text, urgent boolean, clock text)
), lengths AS (
  SELECT * FROM jsonb_to_recordset(%(lengths)s::jsonb) AS one(clock text, day date, seconds double precision)
), walked AS (
  -- The plan's yes to what has begun moves nothing: whoever had the turn has had it since.
  SELECT referral_id, after AS state, service, expedited, at,
    lead(at) OVER (PARTITION BY referral_id ORDER BY id) AS left_at
  FROM turned WHERE NOT (verb = 'authorize' AND before = after)
), stayed AS MATERIALIZED (
  SELECT w.referral_id, w.state, extract(epoch FROM w.left_at - w.at) AS seconds, l.seconds AS allowed
  FROM walked AS w
  LEFT JOIN ran ON ran.state = w.state AND ran.urgent = w.expedited AND ran.program = CASE
    WHEN w.service = 'ecm' THEN 'ecm' WHEN w.service LIKE 'cs.%%' THEN 'cs' ELSE '' END
  LEFT JOIN lengths AS l ON l.clock = ran.clock AND l.day = (w.at AT TIME ZONE 'UTC')::date
  WHERE w.left_at IS NOT NULL AND w.state <> 'closed'
), ended AS (
  SELECT c.id, coalesce(bool_and(s.seconds <= s.allowed OR s.allowed IS NULL), true) AS in_time
  FROM chosen AS c LEFT JOIN stayed AS s ON s.referral_id = c.id WHERE c.state = 'closed' GROUP BY c.id
), mine AS (
  SELECT person_id FROM finding_listed WHERE organization_id = %(organization)s AND cardinality(met) > 0
), narrowed_ever AS (
  SELECT DISTINCT r.person_id FROM referrals_referral AS r WHERE true /* narrowed */
)
SELECT 'step' AS what, step AS key, n AS count, 0.0 AS half, 0.0 AS most, 0 AS clocked, 0 AS kept
FROM (SELECT count(*) AS referred, count(*) FILTER (WHERE outcome = 'services_received') AS received FROM chosen) AS a
CROSS JOIN (
  SELECT count(*) FILTER (WHERE authorized) AS authorized, count(*) FILTER (WHERE offered) AS offered,
    count(*) FILTER (WHERE accepted) AS accepted, count(*) FILTER (WHERE started) AS started FROM came
) AS b
CROSS JOIN LATERAL (VALUES ('referred', referred), ('authorized', authorized), ('offered', offered),
  ('accepted', accepted), ('started', started), ('received', received)) AS told(step, n)
UNION ALL
SELECT 'stay', state, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 86400,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) / 86400, count(allowed),
  count(*) FILTER (WHERE seconds <= allowed)
FROM stayed GROUP BY state
UNION ALL
SELECT 'declined', reason, count(DISTINCT referral_id), 0, 0, 0, 0 FROM turned WHERE verb = 'decline' GROUP BY reason
UNION ALL
SELECT 'outcome', outcome, count(*), 0, 0, 0, 0 FROM chosen WHERE outcome <> '' GROUP BY outcome
UNION ALL
SELECT 'channel', channel, count(*), 0, 0, 0, 0 FROM chosen GROUP BY channel
UNION ALL
SELECT 'service', service, count(*), 0, 0, 0, 0 FROM chosen GROUP BY service
UNION ALL
SELECT 'provider', provider, count(*), 0, 0, 0, 0 FROM chosen WHERE provider <> '' GROUP BY provider
UNION ALL
SELECT 'sender', sender, count(*), 0, 0, 0, 0 FROM chosen GROUP BY sender
UNION ALL
SELECT 'closed', '', count(*), 0, 0, 0, 0 FROM ended
UNION ALL
SELECT 'in_time', '', count(*) FILTER (WHERE in_time), 0, 0, 0, 0 FROM ended
UNION ALL
SELECT 'owed', '', count(DISTINCT n.referral_id), 0, 0, 0, 0
FROM referrals_notice AS n JOIN chosen AS c ON c.id = n.referral_id WHERE n."to" = 'member' AND n.given_at IS NULL
UNION ALL
SELECT 'likely', '', count(*), 0, 0, 0, 0 FROM mine
UNION ALL
SELECT 'referred', '', count(*), 0, 0, 0, 0 FROM mine JOIN narrowed_ever USING (person_id)
