-- What needs a person, most valuable first: the value is how many people or munitions are at stake.
CREATE OR REPLACE VIEW strikes.review_queue AS
SELECT q.kind,
       q.value,
       q.incident_id,
       q.decision_id,
       q.place,
       q.country,
       q.local_date,
       q.what,
       q.since
FROM (
    -- Incompatible accounts.
    SELECT 'conflict' AS kind, f.value, i.incident_id, NULL::bigint AS decision_id,
           i.place_name AS place, nullif(i.country, '') AS country, i.local_date,
           'accounts differ: ' || f.what AS what, i.last_changed_at AS since
    FROM tracker.incident i
    CROSS JOIN LATERAL (
        SELECT coalesce(max(coalesce(g.high, g.best) - coalesce(g.low, 0)), 0) AS value,
               string_agg(concat(g.field, ' ', g.low, '-', g.high), ', ' ORDER BY g.field) AS what
        FROM tracker.figure g
        WHERE g.region_id = i.region_id AND g.incident_id = i.incident_id AND g.part = ''
          AND g.field IN ('killed', 'wounded')
    ) f
    WHERE i.retired_at IS NULL AND i.grading = 'contested' AND f.what IS NOT NULL
    UNION ALL
    -- A toll that we have lowered.
    SELECT 'fall', v.value, i.incident_id, NULL, i.place_name, nullif(i.country, ''), i.local_date,
           'lowered: ' || v.what, v.since
    FROM (
        SELECT r.region_id, r.incident_id, max(r.old_best - coalesce(r.new_best, 0)) AS value,
               string_agg(concat(r.field, ' from ', r.old_best, ' to ',
                   coalesce(r.new_best::text, 'none'), coalesce(' by ' || r.rule, '')), ', '
                   ORDER BY r.recorded_at) AS what,
               max(r.recorded_at) AS since
        FROM tracker.incident_revision r
        WHERE r.part = '' AND r.field IN ('killed', 'wounded')
          AND r.old_best - coalesce(r.new_best, 0) > 0
        GROUP BY r.region_id, r.incident_id
    ) v
    JOIN tracker.incident i ON i.region_id = v.region_id AND i.incident_id = v.incident_id
    WHERE i.retired_at IS NULL
    UNION ALL
    -- Casualties of no place, or that may be told again elsewhere.
    SELECT CASE WHEN i.in_totals THEN 'unplaced' ELSE 'ambiguous' END, f.value, i.incident_id,
           NULL, i.place_name, nullif(i.country, ''), i.local_date,
           CASE WHEN i.in_totals THEN 'no place below the ' || i.place_precision
                ELSE 'left out of totals: may be one of the strikes there' END,
           i.last_changed_at
    FROM tracker.incident i
    CROSS JOIN LATERAL (
        SELECT max(g.best) AS value
        FROM tracker.figure g
        WHERE g.region_id = i.region_id AND g.incident_id = i.incident_id AND g.part = ''
          AND g.field IN ('killed', 'wounded')
    ) f
    WHERE i.retired_at IS NULL AND i.scope <> 'country' AND f.value > 0
      AND i.place_precision IN ('region', 'country', 'unknown')
    UNION ALL
    -- More shot down than launched.
    SELECT 'intercepted', sum(g.best - f.best)::bigint, i.incident_id, NULL, i.place_name,
           nullif(i.country, ''), i.local_date,
           'more intercepted than launched: ' || string_agg(concat(f.field, ' ', g.best, ' of ',
               f.best), ', ' ORDER BY f.field),
           i.last_changed_at
    FROM tracker.figure g
    JOIN tracker.figure f ON f.region_id = g.region_id AND f.incident_id = g.incident_id
        AND f.field = g.field AND f.part = ''
    JOIN tracker.incident i ON i.region_id = g.region_id AND i.incident_id = g.incident_id
    WHERE i.retired_at IS NULL AND g.part = 'intercepted' AND g.best > f.best
    GROUP BY i.region_id, i.incident_id
    UNION ALL
    -- The event that hangs least in its incident, where that is by less than one bit and nobody has
    -- said that it belongs there; at stake is what it tells.
    SELECT 'link', k.value, i.incident_id, NULL, i.place_name, nullif(i.country, ''), i.local_date,
           concat('a report hardly fits: event ', n.event_id, ' (', r.ref, ') by ',
               round(n.link / 1000.0, 1), ' bits, tells ', coalesce(k.what, 'no number')),
           i.last_changed_at
    FROM (
        SELECT DISTINCT ON (e.region_id, e.incident_id) e.*
        FROM tracker.incident_event e
        WHERE e.link < 1000 AND NOT EXISTS (
            SELECT FROM tracker.decision_anchor a
            JOIN tracker.decision d ON d.region_id = a.region_id AND d.decision_id = a.decision_id
            WHERE a.event_id = e.event_id AND d.kind = 'same' AND d.retracted_at IS NULL
              AND d.refused_path IS NULL)
        ORDER BY e.region_id, e.incident_id, e.link, e.event_id
    ) n
    JOIN tracker.incident i ON i.region_id = n.region_id AND i.incident_id = n.incident_id
    LEFT JOIN tracker.report r ON r.report_id = n.report_id
    CROSS JOIN LATERAL (
        SELECT coalesce(max(coalesce(c.best, c.low)), 0) AS value,
               string_agg(DISTINCT concat(c.field, ' ', coalesce(c.best, c.low)), ', ') AS what
        FROM tracker.event_claim c
        WHERE c.region_id = n.event_region_id AND c.event_id = n.event_id AND c.part IS NULL
          AND c.field IN ('killed', 'wounded')
    ) k
    WHERE i.retired_at IS NULL
    UNION ALL
    -- Decisions without effect.
    SELECT CASE WHEN d.refused_path IS NOT NULL THEN 'refused' ELSE 'orphaned' END, 0, NULL,
           d.decision_id, NULL, NULL, NULL,
           concat_ws(' ', d.kind, d.operand_a, d.operand_b, 'by', d.who)
               || CASE WHEN d.refused_path IS NOT NULL THEN ': contradicts ' || d.refused_path
                       ELSE ': nothing it is about is there any more' END,
           d.recorded_at
    FROM tracker.decision d
    WHERE d.retracted_at IS NULL AND (d.refused_path IS NOT NULL OR d.orphaned)
) q
ORDER BY q.value DESC, q.kind, q.since DESC, q.incident_id, q.decision_id;

COMMENT ON VIEW strikes.review_queue IS
    'What needs a person, most valuable first. An incident may stand here for several reasons.';
COMMENT ON COLUMN strikes.review_queue.kind IS
    'Values: conflict, fall, unplaced, ambiguous, intercepted, link, refused, orphaned.';
COMMENT ON COLUMN strikes.review_queue.value IS
    'How much is at stake. Unit: people, or pieces of munition.';
COMMENT ON COLUMN strikes.review_queue.incident_id IS 'The incident. NULL: it is about a decision.';
COMMENT ON COLUMN strikes.review_queue.decision_id IS
    'The decision, see tracker decide list. NULL: it is about an incident.';
COMMENT ON COLUMN strikes.review_queue.place IS 'Canonical name. NULL: no place.';
COMMENT ON COLUMN strikes.review_queue.country IS 'ISO 3166-1 alpha-2. NULL: unknown.';
COMMENT ON COLUMN strikes.review_queue.local_date IS 'Day it counts under. NULL: unknown.';
COMMENT ON COLUMN strikes.review_queue.what IS 'What to look at, in words.';
COMMENT ON COLUMN strikes.review_queue.since IS 'Since when it stands so.';
GRANT SELECT ON strikes.review_queue TO tracker_writer, tracker_analyst, tracker_reader;
