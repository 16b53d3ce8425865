-- The days of each country's first and last incident as of a time: the spine of daily_casualties
-- (only_totals: of incidents WHERE in_totals) and daily_munitions. In plpgsql, which plans for the
-- very time: which index finds the days depends on how much of what we say is older.
CREATE OR REPLACE FUNCTION tracker.calendar(t timestamptz, only_totals boolean)
RETURNS TABLE (country text, first_day date, last_day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = ''
AS $function$
BEGIN
    RETURN QUERY
    SELECT c.country, least(present.first_day, past.first_day),
           greatest(present.last_day, past.last_day)
    FROM tracker.cell c
    CROSS JOIN LATERAL (
        SELECT min(i.local_date) AS first_day, max(i.local_date) AS last_day
        FROM tracker.incident i
        WHERE i.country = c.country AND i.retired_at IS NULL AND i.last_changed_at <= t
          AND (i.in_totals OR NOT only_totals)
    ) present
    CROSS JOIN LATERAL (
        SELECT min(e.local_date) AS first_day, max(e.local_date) AS last_day
        FROM tracker.incident_edition e
        WHERE e.country = c.country AND e.retired_at IS NULL AND e.last_changed_at <= t
          AND e.superseded_at > t AND (e.in_totals OR NOT only_totals)
    ) past;
END
$function$;
COMMENT ON FUNCTION tracker.calendar(timestamptz, boolean) IS
    'The days of each country''s first and last incident as of a time.';
REVOKE ALL ON FUNCTION tracker.calendar(timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tracker.calendar(timestamptz, boolean)
    TO tracker_writer, tracker_analyst, tracker_reader;
