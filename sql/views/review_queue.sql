-- What needs a person, most valuable first: the value is how many people or munitions are at stake.
CREATE OR REPLACE VIEW strikes.review_queue AS
SELECT q.kind,
       q.value,
       q.incident_id,
       q.decision_id,
       i.place_name AS place,
       nullif(i.country, '') AS country,
       i.local_date,
       q.what,
       q.since
FROM (
    -- Incompatible accounts.
    SELECT 'conflict' AS kind,
           coalesce(max(coalesce(f.high, f.best) - coalesce(f.low, 0)), 0) AS value,
           i.region_id, i.incident_id, NULL::bigint AS decision_id,
           'accounts differ: ' || string_agg(concat(f.field, ' ', f.low, '-', f.high), ', '
               ORDER BY f.field) AS what,
           i.last_changed_at AS since
    FROM tracker.incident i
    JOIN tracker.figure f ON f.region_id = i.region_id AND f.incident_id = i.incident_id
    WHERE i.retired_at IS NULL AND i.grading = 'contested' AND f.part = ''
      AND f.field IN ('killed', 'wounded')
    GROUP BY i.region_id, i.incident_id, i.last_changed_at
    UNION ALL
    -- A toll that we have lowered.
    SELECT 'fall', max(v.old_best - coalesce(v.new_best, 0)), v.region_id, v.incident_id, NULL,
           'lowered: ' || string_agg(concat(v.field, ' from ', v.old_best, ' to ',
               coalesce(v.new_best::text, 'none'), coalesce(' by ' || v.rule, '')), ', '
               ORDER BY v.recorded_at),
           max(v.recorded_at)
    FROM tracker.incident_revision v
    JOIN tracker.incident i ON i.region_id = v.region_id AND i.incident_id = v.incident_id
    WHERE i.retired_at IS NULL AND v.part = '' AND v.field IN ('killed', 'wounded')
      AND v.old_best > coalesce(v.new_best, 0)
    GROUP BY v.region_id, v.incident_id
    UNION ALL
    -- Casualties of no place, or that may be told again elsewhere.
    SELECT CASE WHEN i.in_totals THEN 'unplaced' ELSE 'ambiguous' END, max(f.best), i.region_id,
           i.incident_id, NULL,
           CASE WHEN i.in_totals THEN 'no place below the ' || i.place_precision
                ELSE 'left out of totals: may be one of the strikes there' END,
           i.last_changed_at
    FROM tracker.incident i
    JOIN tracker.figure f ON f.region_id = i.region_id AND f.incident_id = i.incident_id
    WHERE i.retired_at IS NULL AND i.scope <> 'country' AND f.part = ''
      AND f.field IN ('killed', 'wounded') AND f.best > 0
      AND i.place_precision IN ('region', 'country', 'unknown')
    GROUP BY i.region_id, i.incident_id, i.in_totals, i.place_precision, i.last_changed_at
    UNION ALL
    -- More shot down than launched.
    SELECT 'intercepted', sum(g.best - f.best)::bigint, f.region_id, f.incident_id, NULL,
           'more intercepted than launched: ' || string_agg(concat(f.field, ' ', g.best, ' of ',
               f.best), ', ' ORDER BY f.field),
           i.last_changed_at
    FROM tracker.incident i
    JOIN tracker.figure f ON f.region_id = i.region_id AND f.incident_id = i.incident_id
    JOIN tracker.figure g ON g.region_id = f.region_id AND g.incident_id = f.incident_id
        AND g.field = f.field AND g.part = 'intercepted'
    WHERE i.retired_at IS NULL AND f.part = '' AND g.best > f.best
    GROUP BY f.region_id, f.incident_id, i.last_changed_at
    UNION ALL
    -- Decisions without effect.
    SELECT CASE WHEN d.refused_path IS NOT NULL THEN 'refused' ELSE 'orphaned' END, 0, NULL, NULL,
           d.decision_id,
           concat_ws(' ', d.kind, d.operand_a, d.operand_b, 'by', d.who)
               || CASE WHEN d.refused_path IS NOT NULL THEN ': contradicts ' || d.refused_path
                       ELSE ': nothing it is about is there any more' END,
           d.recorded_at
    FROM tracker.decision d
    WHERE d.retracted_at IS NULL AND (d.refused_path IS NOT NULL OR d.orphaned)
) q
LEFT JOIN tracker.incident i ON i.region_id = q.region_id AND i.incident_id = q.incident_id
ORDER BY q.value DESC, q.kind, q.since DESC, q.incident_id, q.decision_id;

COMMENT ON VIEW strikes.review_queue IS
    'What needs a person, most valuable first. An incident may stand here for several reasons.';
COMMENT ON COLUMN strikes.review_queue.kind IS
    'Values: conflict, fall, unplaced, ambiguous, intercepted, refused, orphaned.';
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
