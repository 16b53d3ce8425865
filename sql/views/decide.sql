-- An analyst's word. strikes.decide(kind, a, b, who, why) records it; it has its effect at the next
-- settle, which also finds contradictions (strikes.review_queue shows them, with their path).
--
-- a and b name an incident, an event or a claim by its id, or a report as 'report:REF'. b is the
-- other one for same and different, the place for place (a key such as g:691650, or the name of a
-- place that reports of the country tell of), and NULL for pin, reject and retract.

-- What an operand stands for: events, or claims of events. A report stands for what it is about.
CREATE OR REPLACE FUNCTION tracker.decision_operand(operand text)
RETURNS TABLE (event_id bigint, region_id bigint, country text, claim_id bigint, report_id bigint,
    rank integer)
LANGUAGE plpgsql STABLE SET search_path = ''
AS $function$
DECLARE
    id bigint;
BEGIN
    IF operand LIKE 'report:%' THEN
        SELECT min(f.report_id) INTO id FROM tracker.report_ref f WHERE f.ref = substr(operand, 8);
        IF id IS NULL THEN
            SELECT min(r.report_id) INTO id FROM tracker.report r WHERE r.url = substr(operand, 8);
        END IF;
        IF id IS NULL THEN
            RAISE EXCEPTION 'no report is known as "%"', substr(operand, 8);
        END IF;
        RETURN QUERY SELECT e.event_id, e.region_id, e.country, 0::bigint, e.report_id, e.rank
            FROM tracker.report r
            CROSS JOIN LATERAL unnest(r.event_regions, r.event_ids) u (region_id, event_id)
            JOIN tracker.event e ON e.region_id = u.region_id AND e.event_id = u.event_id
            WHERE r.report_id = id ORDER BY e.rank LIMIT 1;
        IF NOT FOUND THEN
            RETURN QUERY SELECT 0::bigint, 0::bigint, NULL::text, 0::bigint, id, 0;
        END IF;
        RETURN;
    END IF;
    IF operand IS NULL OR operand !~ '^[0-9]{1,19}$'
        OR operand::numeric > 9223372036854775807 THEN
        RAISE EXCEPTION 'expected the id of an incident, event or claim, or report:REF, got "%"',
            operand;
    END IF;
    id := strikes.resolve_incident(operand::bigint);
    IF id IS NOT NULL THEN
        RETURN QUERY SELECT e.event_id, e.region_id, e.country, 0::bigint, e.report_id, e.rank
            FROM tracker.incident i
            JOIN tracker.incident_event n
                ON n.region_id = i.region_id AND n.incident_id = i.incident_id
            JOIN tracker.event e
                ON e.region_id = n.event_region_id AND e.event_id = n.event_id
            WHERE i.incident_id = id AND i.retired_at IS NULL
            ORDER BY e.rank, e.said_at NULLS LAST, e.event_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no report tells of incident % any more', operand;
        END IF;
        RETURN;
    END IF;
    RETURN QUERY SELECT e.event_id, e.region_id, e.country, 0::bigint, e.report_id, e.rank
        FROM tracker.event e WHERE e.event_id = operand::bigint LIMIT 1;
    IF FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT e.event_id, e.region_id, e.country, k.claim_id, e.report_id, e.rank
        FROM tracker.event_claim k
        JOIN tracker.event e ON e.region_id = k.region_id AND e.event_id = k.event_id
        WHERE k.claim_id = operand::bigint LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no incident, live event or live claim has the id %', operand;
    END IF;
END
$function$;

-- Marks the cells that a decision touches.
CREATE OR REPLACE FUNCTION tracker.decision_mark(decided bigint)
RETURNS void
LANGUAGE sql SET search_path = ''
AS $function$
    INSERT INTO tracker.cell_mark (region_id, mark)
    SELECT DISTINCT c.region_id, pg_current_xact_id()::text::bigint
    FROM tracker.decision_anchor a
    LEFT JOIN tracker.report r ON r.report_id = a.report_id AND a.region_id = 0
    LEFT JOIN LATERAL unnest(r.event_regions, r.event_ids) u (region_id, event_id) ON true
    LEFT JOIN tracker.event e ON e.region_id = u.region_id AND e.event_id = u.event_id
    JOIN tracker.cell c ON c.region_id = a.region_id OR c.country = e.country
    WHERE a.decision_id = decided
    ORDER BY 1 ON CONFLICT DO NOTHING
$function$;

-- The place columns are the command's, which has the gazetteer; by SQL they are NULL, and b is
-- looked up among the places that reports tell of.
CREATE OR REPLACE FUNCTION tracker.decide(kind text, a text, b text, who text, why text,
    given_key text, given_name text, given_adm1 text, given_adm1_code text, given_zone text,
    given_precision text, given_lat integer, given_lon integer,
    OUT decision_id bigint, OUT region_id bigint, OUT is_new boolean)
LANGUAGE plpgsql SET search_path = ''
AS $function$
#variable_conflict use_variable
DECLARE
    whole_report boolean := kind = 'reject' AND a LIKE 'report:%';
    two boolean := kind IN ('same', 'different');
    countries text[];
    larger integer := 2;
    pinned record;
    spot record;
BEGIN
    IF kind IS NULL OR kind NOT IN ('same', 'different', 'place', 'pin', 'reject') THEN
        RAISE EXCEPTION 'kind must be same, different, place, pin, reject or retract, got "%"', kind;
    END IF;
    IF coalesce(trim(who), '') = '' OR coalesce(trim(why), '') = '' THEN
        RAISE EXCEPTION 'a decision needs who made it, and why';
    END IF;
    IF (b IS NULL) <> (kind IN ('pin', 'reject')) THEN
        RAISE EXCEPTION '% takes %', kind, CASE WHEN two THEN 'two operands'
            WHEN kind = 'place' THEN 'an operand and a place' ELSE 'one operand' END;
    END IF;
    IF two AND a = b THEN
        RAISE EXCEPTION 'both operands are %', a;
    END IF;

    IF two AND (SELECT count(*) FROM tracker.decision_operand(a))
        > (SELECT count(*) FROM tracker.decision_operand(b)) THEN
        larger := 1;
    END IF;
    SELECT array_agg(DISTINCT o.country) INTO countries FROM (
        SELECT * FROM tracker.decision_operand(a)
        UNION ALL SELECT * FROM tracker.decision_operand(CASE WHEN two THEN b ELSE a END)) o;
    IF NOT whole_report AND countries[1] IS NULL THEN
        RAISE EXCEPTION 'the report tells of no event';
    END IF;
    IF NOT whole_report AND cardinality(countries) > 1 THEN
        RAISE EXCEPTION 'they lie in different countries (%): no incident reaches over a border',
            array_to_string(countries, ', ');
    END IF;
    region_id := 0;
    IF NOT whole_report THEN
        SELECT c.region_id INTO STRICT region_id FROM tracker.cell c
        WHERE c.country = countries[1];
    END IF;

    IF kind = 'pin' THEN
        SELECT k.field, coalesce(k.part, '') AS part, k.claim_id, k.best INTO pinned
        FROM tracker.decision_operand(a) o
        JOIN tracker.event_claim k ON k.region_id = o.region_id AND k.event_id = o.event_id
            AND k.claim_id = o.claim_id;
        IF pinned.best IS NULL THEN
            RAISE EXCEPTION 'pin takes a claim that gives a number';
        END IF;
        PERFORM FROM tracker.decision_operand(a) o
        JOIN tracker.incident_event n ON n.event_id = o.event_id
        JOIN tracker.figure f ON f.region_id = n.region_id AND f.incident_id = n.incident_id
        WHERE f.rule = 'pinned' AND f.field = pinned.field AND f.part = pinned.part
            AND f.chosen_claim <> pinned.claim_id;
        IF FOUND THEN
            RAISE EXCEPTION 'another claim of the incident is pinned as its % already: retract that decision first',
                concat_ws('/', pinned.field, nullif(pinned.part, ''));
        END IF;
    END IF;
    IF kind = 'place' AND given_key IS NULL THEN
        SELECT e.place_key, e.place_name, e.adm1, e.adm1_code, e.zone, e.place_precision, e.lat_e5,
               e.lon_e5, count(*) OVER () AS n
        INTO spot
        FROM (SELECT DISTINCT ON (v.place_key) v.* FROM tracker.event v
              WHERE v.country = countries[1] AND v.place_key <> ''
                AND (v.place_key = b OR lower(v.place_name) = lower(b))
                AND v.place_precision IN ('point', 'settlement', 'named', 'district', 'region')
              ORDER BY v.place_key, v.event_id) e
        ORDER BY e.place_key = b DESC, e.place_key;
        IF spot.place_key IS NULL THEN
            RAISE EXCEPTION 'no report tells of a place "%" in %', b, countries[1];
        END IF;
        IF spot.n > 1 AND spot.place_key <> b THEN
            RAISE EXCEPTION 'several places are called "%": give the key of one, such as %', b,
                spot.place_key;
        END IF;
        given_key := spot.place_key; given_name := spot.place_name; given_adm1 := spot.adm1;
        given_adm1_code := spot.adm1_code; given_zone := spot.zone;
        given_precision := spot.place_precision; given_lat := spot.lat_e5; given_lon := spot.lon_e5;
    END IF;

    -- The same word again is the word that stands.
    SELECT d.decision_id INTO decision_id FROM tracker.decision d
    WHERE d.region_id = region_id AND d.kind = kind AND d.operand_a = a
      AND d.operand_b IS NOT DISTINCT FROM b AND d.retracted_at IS NULL
      AND d.place_key IS NOT DISTINCT FROM given_key LIMIT 1;
    is_new := decision_id IS NULL;
    IF NOT is_new THEN
        RETURN;
    END IF;
    decision_id := ('x' || left(encode(sha256(convert_to(concat_ws('|', kind, a, b, who, why,
        clock_timestamp()), 'UTF8')), 'hex'), 16))::bit(64)::bigint & 9223372036854775807;
    INSERT INTO tracker.decision (region_id, decision_id, kind, who, why, recorded_at, operand_a,
        operand_b, place_key, place_name, adm1, adm1_code, zone, place_precision, lat_e5, lon_e5)
    VALUES (region_id, decision_id, kind, who, why, clock_timestamp(), a, b, given_key, given_name,
        given_adm1, given_adm1_code, given_zone, given_precision, given_lat, given_lon);
    IF whole_report THEN
        INSERT INTO tracker.decision_anchor (region_id, decision_id, side, event_id, claim_id,
            report_id, rank, place_key, sentence, tolls)
        SELECT 0, decision_id, 1, 0, 0, o.report_id, 0, '', '', '{}'
        FROM tracker.decision_operand(a) o;
    ELSE
        INSERT INTO tracker.decision_anchor (region_id, decision_id, side, event_id, claim_id,
            report_id, rank, low, best, high, local_date, place_key, sentence, field, part, tolls)
        SELECT region_id, decision_id, o.side, o.event_id, o.claim_id, o.report_id, o.rank, k.low,
               k.best, k.high, e.local_date, e.place_key, coalesce(c.sentence, e.sentence), k.field,
               k.part, ARRAY(SELECT concat(t.field, '/', t.part, '=', t.best)
                             FROM tracker.event_claim t
                             WHERE t.region_id = o.region_id AND t.event_id = o.event_id
                             ORDER BY 1)
        FROM (SELECT 1 AS side, * FROM tracker.decision_operand(a)
              UNION ALL
              SELECT 2, * FROM tracker.decision_operand(CASE WHEN two THEN b ELSE a END)
              WHERE two) o
        JOIN tracker.event e ON e.region_id = o.region_id AND e.event_id = o.event_id
        LEFT JOIN tracker.event_claim k ON k.region_id = o.region_id AND k.event_id = o.event_id
            AND k.claim_id = o.claim_id
        LEFT JOIN tracker.report r ON r.report_id = o.report_id
        LEFT JOIN tracker.claim c ON c.report_id = r.report_id AND c.reading_id = r.reading_id
            AND c.claim_id = o.claim_id
        -- An event taken out of its incident is told apart from the others there.
        WHERE NOT (two AND o.side = larger AND EXISTS (
            SELECT FROM tracker.decision_operand(CASE WHEN larger = 2 THEN a ELSE b END) x
            WHERE x.event_id = o.event_id));
        IF two AND (SELECT count(DISTINCT x.side) FROM tracker.decision_anchor x
            WHERE x.region_id = region_id AND x.decision_id = decision_id) < 2 THEN
            RAISE EXCEPTION 'both operands are one event';
        END IF;
    END IF;
    PERFORM tracker.decision_mark(decision_id);
END
$function$;

CREATE OR REPLACE FUNCTION tracker.retract(id text, by_whom text, reason text)
RETURNS bigint
LANGUAGE plpgsql SET search_path = ''
AS $function$
DECLARE
    found_id bigint;
BEGIN
    IF coalesce(trim(by_whom), '') = '' OR coalesce(trim(reason), '') = '' THEN
        RAISE EXCEPTION 'a decision needs who made it, and why';
    END IF;
    UPDATE tracker.decision d
    SET retracted_at = clock.at, retracted_by = by_whom, retracted_why = reason,
        refused_path = NULL, orphaned = false
    FROM (SELECT clock_timestamp() AS at) clock
    WHERE d.decision_id::text = id AND d.retracted_at IS NULL
    RETURNING d.decision_id INTO found_id;
    IF found_id IS NULL THEN
        RAISE EXCEPTION 'no decision that stands has the id "%"', id;
    END IF;
    PERFORM tracker.decision_mark(found_id);
    RETURN found_id;
END
$function$;

CREATE OR REPLACE FUNCTION strikes.decide(kind text, a text, b text, who text, why text)
RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = ''
AS $function$
    SELECT CASE WHEN kind = 'retract' THEN tracker.retract(a, who, why)
        ELSE (tracker.decide(kind, a, b, who, why, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL)).decision_id END::text
$function$;
COMMENT ON FUNCTION strikes.decide(text, text, text, text, text) IS
    'Records an analyst''s decision and returns its id: kind same, different, place, pin, reject or retract; a and b an incident, event, claim or report:REF (for place, b is the place). It has its effect at the next settle; one that contradicts earlier ones stands in review_queue, refused.';

REVOKE ALL ON FUNCTION tracker.decision_operand(text), tracker.decision_mark(bigint),
    tracker.decide(text, text, text, text, text, text, text, text, text, text, text, integer,
        integer), tracker.retract(text, text, text), strikes.decide(text, text, text, text, text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tracker.decision_operand(text), tracker.decision_mark(bigint),
    tracker.decide(text, text, text, text, text, text, text, text, text, text, text, integer,
        integer), tracker.retract(text, text, text) TO tracker_writer;
GRANT EXECUTE ON FUNCTION strikes.decide(text, text, text, text, text)
    TO tracker_writer, tracker_analyst;
