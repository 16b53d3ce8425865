-- A database as large as a long war's, made of numbers: :claims claims, two an event, five events an
-- incident, spread over 27 regions and three years. Not what reconciliation would make of it; what
-- the published views have to read.
\set events :claims / 2
\set incidents :events / 5
CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('x' || left(md5(kind || n), 16))::bit(64)::bigint & 9223372036854775807 $$;
INSERT INTO tracker.ruleset (ruleset_id, digest, path) VALUES (1, '\x01', 'bench');
INSERT INTO tracker.cell VALUES (0, 'UA');
INSERT INTO tracker.region SELECT r, 'UA' FROM generate_series(0, 27) r;
INSERT INTO tracker.report (report_id, identity, edition, reading_id, ruleset_id, ref, text, outlet,
    published_at, published_has_time, withdrawn, event_regions, event_ids)
SELECT pg_temp.id('r', n), '\x01', '\x01', 1, 1, 'ref-' || n, 'A strike killed some people.',
    'Outlet ' || n % 40, '2023-01-01'::timestamptz + (n / 5) * interval '946 seconds', true, false,
    ARRAY[n / 5 % 27 + 1], ARRAY[pg_temp.id('e', n)] FROM generate_series(0, :events - 1) n;
INSERT INTO tracker.report_ref SELECT report_id, ref FROM tracker.report;
INSERT INTO tracker.event (region_id, event_id, report_id, copy_family, said_at, population, rank,
    local_date, zone_offset, span_start, span_end, scope, country, place_precision, date_precision,
    place_key, place_name, adm1, adm1_code, outlet, sentence)
SELECT n / 5 % 27 + 1, pg_temp.id('e', n), pg_temp.id('r', n), n,
    '2023-01-01'::timestamptz + (n / 5) * interval '946 seconds', 1000, 1,
    date '2023-01-01' + (n / 5 * 946 / 86400)::int, 7200, 0, 28, 'site', 'UA', 'settlement', 'day',
    'g:' || n / 5 % 3000, 'Place ' || n / 5 % 3000, 'Region ' || n / 5 % 27,
    'UA.' || n / 5 % 27, 'Outlet ' || n % 40, 'A strike killed some people.'
FROM generate_series(0, :events - 1) n;
INSERT INTO tracker.claim (report_id, reading_id, claim_id, event_id, low, best, high, ordinal,
    span_start, span_end, sentence_start, sentence_end, claimant_rank, running_total, field,
    qualifier, role, rule, claimant, text, sentence)
SELECT pg_temp.id('r', n / 2), 1, pg_temp.id('c', n), pg_temp.id('e', n / 2), n % 40, n % 40, n % 40,
    (n % 2)::int, 0, 28, 0, 28, 2, true, CASE n % 2 WHEN 0 THEN 'killed' ELSE 'wounded' END, 'exact',
    'figure', 'bench', 'Claimant ' || n % 9, 'some people', 'A strike killed some people.'
FROM generate_series(0, :claims - 1) n;
INSERT INTO tracker.event_claim (region_id, event_id, claim_id, low, best, high, claimant_rank,
    running_total, enemy, unverified, field, qualifier, claimant)
SELECT n / 10 % 27 + 1, pg_temp.id('e', n / 2), pg_temp.id('c', n), n % 40, n % 40, n % 40, 2, true,
    false, false, CASE n % 2 WHEN 0 THEN 'killed' ELSE 'wounded' END, 'exact', 'Claimant ' || n % 9
FROM generate_series(0, :claims - 1) n;
INSERT INTO tracker.incident (region_id, incident_id, content, first_reported_at, local_date,
    n_reports, n_independent, in_totals, scope, country, place_precision, date_precision, grading,
    place_key, place_name, adm1, adm1_code, sources, last_changed_at)
SELECT n % 27 + 1, pg_temp.id('i', n), '\x01', '2023-01-01'::timestamptz + n * interval '946 seconds',
    date '2023-01-01' + (n * 946 / 86400)::int, 5, 5, true, 'site', 'UA', 'settlement', 'day',
    CASE n % 50 WHEN 0 THEN 'contested' ELSE 'fair' END, 'g:' || n % 3000, 'Place ' || n % 3000,
    'Region ' || n % 27, 'UA.' || n % 27, '{Outlet}', '2026-01-01'
FROM generate_series(0, :incidents - 1) n;
INSERT INTO tracker.incident_event (region_id, incident_id, event_id, event_region_id, report_id, rank)
SELECT n / 5 % 27 + 1, pg_temp.id('i', n / 5), pg_temp.id('e', n), n / 5 % 27 + 1,
    pg_temp.id('r', n), 1 FROM generate_series(0, :events - 1) n;
INSERT INTO tracker.figure (region_id, incident_id, field, part, low, best, high, chosen_claim,
    in_totals, state, rule)
SELECT n % 27 + 1, pg_temp.id('i', n), f, '', n % 40, n % 40, n % 40, pg_temp.id('c', 10 * n), true,
    'known', 'standing-total'
FROM generate_series(0, :incidents - 1) n, unnest('{killed,wounded}'::text[]) f;
INSERT INTO tracker.figure_claim SELECT n / 10 % 27 + 1, pg_temp.id('i', n / 10),
    CASE n % 2 WHEN 0 THEN 'killed' ELSE 'wounded' END, '', pg_temp.id('c', n),
    pg_temp.id('e', n / 2), pg_temp.id('r', n / 2) FROM generate_series(0, :claims - 1) n;
-- Two states before the present one, each with a lower toll.
INSERT INTO tracker.incident_edition (region_id, incident_id, first_reported_at, last_changed_at,
    superseded_at, local_date, n_reports, n_independent, in_totals, scope, country, place_precision,
    date_precision, grading, place_key, place_name, adm1, adm1_code, sources)
SELECT region_id, incident_id, first_reported_at, s.since, s.until, local_date, 5, 5, in_totals, scope,
    country, place_precision, date_precision, 'weak', place_key, place_name, adm1, adm1_code, sources
FROM tracker.incident, (VALUES (timestamptz '2025-01-01', timestamptz '2025-07-02'),
    ('2025-07-02', '2026-01-01')) s (since, until);
INSERT INTO tracker.incident_revision (region_id, incident_id, field, part, recorded_at, old_best,
    new_low, new_best, new_high, new_state, new_in_totals, rule)
SELECT region_id, incident_id, field, part, s.at, best / s.before, best / s.share, best / s.share,
    best / s.share, state, in_totals, rule
FROM tracker.figure, (VALUES (timestamptz '2025-01-01', 3, NULL), ('2025-07-02', 2, 3),
    ('2026-01-01', 1, 2)) s (at, share, before);
VACUUM ANALYZE;
