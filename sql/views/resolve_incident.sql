-- Ids once published always resolve: to the incident that an id now stands for.
CREATE OR REPLACE FUNCTION strikes.resolve_incident(id bigint)
RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $function$
    WITH RECURSIVE way (incident_id, depth) AS (
        SELECT id, 0
        UNION
        SELECT r.new_id, w.depth + 1
        FROM way w JOIN tracker.incident_redirect r ON r.old_id = w.incident_id
        WHERE r.kind = 'merged' AND w.depth < 100
          AND NOT EXISTS (SELECT FROM tracker.incident i
                          WHERE i.incident_id = w.incident_id AND i.retired_at IS NULL)
    )
    SELECT i.incident_id
    FROM way w JOIN tracker.incident i ON i.incident_id = w.incident_id
    ORDER BY i.retired_at IS NULL DESC, w.depth, i.last_changed_at DESC
    LIMIT 1
$function$;
COMMENT ON FUNCTION strikes.resolve_incident(bigint) IS
    'The live incident that an id, also one merged since, stands for; itself when no report tells of it any more. NULL: never an incident.';
REVOKE ALL ON FUNCTION strikes.resolve_incident(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION strikes.resolve_incident(bigint)
    TO tracker_writer, tracker_analyst, tracker_reader;
