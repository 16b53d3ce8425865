-- Everything we changed since a time, oldest first: figures, days, places, grading, merges, splits.
CREATE OR REPLACE FUNCTION strikes.changes_between(t timestamptz, until timestamptz)
RETURNS TABLE (recorded_at timestamptz, incident_id bigint, change text, field text, part text,
    old_value text, new_value text, who text, rule text, sentence text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $function$
    WITH state AS (
        SELECT e.incident_id, e.last_changed_at, e.retired_at, e.local_date, e.place_name,
               e.place_precision, e.grading, e.scope, e.parent_id, e.in_totals
        FROM tracker.incident_edition e
        WHERE e.superseded_at > t AND e.last_changed_at <= until
        UNION ALL
        SELECT i.incident_id, i.last_changed_at, i.retired_at, i.local_date, i.place_name,
               i.place_precision, i.grading, i.scope, i.parent_id, i.in_totals
        FROM tracker.incident i
        WHERE i.last_changed_at > t AND i.last_changed_at <= until
    ), step AS (
        SELECT s.*, lag(s.incident_id) OVER w IS NOT NULL AS had,
               lag(s.retired_at) OVER w AS old_retired_at, lag(s.local_date) OVER w AS old_date,
               lag(s.place_name) OVER w AS old_place, lag(s.grading) OVER w AS old_grading,
               lag(s.parent_id) OVER w AS old_parent, lag(s.in_totals) OVER w AS old_in_totals
        FROM state s
        WINDOW w AS (PARTITION BY s.incident_id ORDER BY s.last_changed_at)
    ), told AS (
        SELECT s.last_changed_at AS recorded_at, s.incident_id, c.change, NULL::text AS field,
               NULL::text AS part, c.old_value, c.new_value, NULL::text AS who,
               NULL::text AS rule, NULL::text AS sentence
        FROM step s
        CROSS JOIN LATERAL (VALUES
            ('incident', NULL, 'new', NOT s.had AND s.retired_at IS NULL),
            ('incident', 'live', 'retired',
                s.had AND s.retired_at IS NOT NULL AND s.old_retired_at IS NULL),
            ('incident', 'retired', 'live', s.had AND s.retired_at IS NULL
                AND s.old_retired_at IS NOT NULL),
            ('day', s.old_date::text, s.local_date::text,
                s.had AND s.old_date IS DISTINCT FROM s.local_date),
            ('place', s.old_place, s.place_name,
                s.had AND s.old_place IS DISTINCT FROM s.place_name),
            ('grading', s.old_grading, s.grading, s.had AND s.old_grading <> s.grading),
            ('wave', s.old_parent::text, s.parent_id::text,
                s.had AND s.old_parent IS DISTINCT FROM s.parent_id),
            ('in_totals', s.old_in_totals::text, s.in_totals::text,
                s.had AND s.old_in_totals <> s.in_totals)
        ) c (change, old_value, new_value, happened)
        WHERE c.happened AND s.last_changed_at > t AND s.last_changed_at <= until
        UNION ALL
        SELECT r.recorded_at, r.old_id, r.kind, NULL, NULL, r.old_id::text, r.new_id::text, NULL,
               NULL, NULL
        FROM tracker.incident_redirect r WHERE r.recorded_at > t AND r.recorded_at <= until
        UNION ALL
        SELECT v.recorded_at, v.incident_id, 'figure', v.field, nullif(v.part, ''),
               coalesce(v.old_best::text, nullif(concat(v.old_low, '-', v.old_high), '-')),
               coalesce(v.new_best::text, nullif(concat(v.new_low, '-', v.new_high), '-')), v.who,
               v.rule,
               (SELECT c.sentence FROM tracker.claim c
                WHERE c.report_id = v.report_id AND c.claim_id = v.claim_id LIMIT 1)
        FROM tracker.incident_revision v
        WHERE v.recorded_at > t AND v.recorded_at <= until AND (v.old_low, v.old_best, v.old_high, v.old_state)
            IS DISTINCT FROM (v.new_low, v.new_best, v.new_high, v.new_state)
    )
    SELECT * FROM told ORDER BY 1, 2, 3, 4, 5
$function$;
COMMENT ON FUNCTION strikes.changes_between(timestamptz, timestamptz) IS
    'The rows of strikes.changes_since up to a second time, that included.';
REVOKE ALL ON FUNCTION strikes.changes_between(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.changes_between(timestamptz, timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;

CREATE OR REPLACE FUNCTION strikes.changes_since(t timestamptz)
RETURNS TABLE (recorded_at timestamptz, incident_id bigint, change text, field text, part text,
    old_value text, new_value text, who text, rule text, sentence text)
LANGUAGE sql STABLE SET search_path = ''
AS $function$
    SELECT * FROM strikes.changes_between(t, 'infinity')
$function$;
COMMENT ON FUNCTION strikes.changes_since(timestamptz) IS
    'One row a change we made since a time: a figure, the day or place of an incident, its grading, merges, splits. A late claim that moves a day shows here.';
REVOKE ALL ON FUNCTION strikes.changes_since(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.changes_since(timestamptz)
    TO tracker_writer, tracker_analyst, tracker_reader;
