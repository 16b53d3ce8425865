#!/bin/bash
# What the catalogs must say of the schema: keys that can be distributed, no other uniqueness,
# foreign keys inside a side, a comment on everything, the published columns.
set -eu
"$TRACKER" init >/dev/null
# The user's own schema may be named tracker: what this test makes must not land there.
export PGOPTIONS='-c search_path=public'

fail() { printf '%s\n' "$@" >&2; exit 1; }
# none WHAT SQL: the query must find nothing.
none() {
    local found
    found=$(psql -XAtqc "$2")
    [ -z "$found" ] || fail "$1:" "$found"
}

psql -Xq <<'SQL'
CREATE TABLE side (name text, side text);
INSERT INTO side VALUES
    ('ruleset', 'reference'), ('source', 'reference'),
    ('migration', 'book'), ('published_view', 'book'),
    ('feed', 'book'), ('feed_page', 'book'), ('watch_state', 'book'),
    ('report', 'report_id'), ('report_edition', 'report_id'), ('report_ref', 'report_id'),
    ('claim', 'report_id'),
    ('event', 'region_id'), ('event_claim', 'region_id'), ('incident', 'region_id'),
    ('incident_event', 'region_id'), ('figure', 'region_id'), ('figure_claim', 'region_id'),
    ('incident_revision', 'region_id'), ('incident_redirect', 'region_id'),
    ('decision', 'region_id'), ('cell', 'region_id'), ('region', 'region_id'),
    ('cell_mark', 'region_id'), ('incident_edition', 'region_id'), ('toll_step', 'region_id'),
    ('decision_anchor', 'region_id');
CREATE VIEW base_table AS
    SELECT c.oid, c.relname, s.side FROM pg_class c LEFT JOIN side s ON s.name = c.relname
    WHERE c.relnamespace = 'tracker'::regnamespace AND c.relkind IN ('r', 'p');
SQL

none 'tables of no side (add them to this test)' 'SELECT relname FROM base_table WHERE side IS NULL'
none 'tables that are gone' 'SELECT name FROM side EXCEPT SELECT relname FROM base_table'
none 'tables without a primary key' "SELECT relname FROM base_table t WHERE NOT EXISTS
    (SELECT FROM pg_constraint WHERE conrelid = t.oid AND contype = 'p')"
none 'primary keys that do not lead with the key of their side' "
    SELECT t.relname, a.attname FROM base_table t
    JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
    WHERE t.side LIKE '%\\_id' AND a.attname <> t.side"
none 'unique constraints or indexes besides the primary keys' "
    SELECT t.relname, i.indexrelid::regclass FROM base_table t JOIN pg_index i ON i.indrelid = t.oid
    WHERE i.indisunique AND NOT i.indisprimary"
none 'exclusion constraints' "SELECT conname FROM pg_constraint WHERE contype = 'x'"
none 'foreign keys to another side, or without the key of their side' "
    SELECT k.conrelid::regclass, k.conname FROM pg_constraint k
    JOIN base_table t ON t.oid = k.conrelid
    LEFT JOIN base_table f ON f.oid = k.confrelid
    LEFT JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND NOT coalesce(f.side = 'reference'
        OR (f.side = t.side AND a.attname = t.side), false)"
none 'sequences' "SELECT oid::regclass FROM pg_class WHERE relkind = 'S'
    AND relnamespace IN ('tracker'::regnamespace, 'strikes'::regnamespace)"
none 'triggers' "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
none 'tables and views without a comment' "
    SELECT oid::regclass FROM pg_class c WHERE relkind IN ('r', 'p', 'v')
    AND relnamespace IN ('tracker'::regnamespace, 'strikes'::regnamespace)
    AND coalesce(obj_description(c.oid, 'pg_class'), '') = ''"
none 'columns without a comment' "
    SELECT c.oid::regclass, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attnum > 0 AND NOT a.attisdropped
    AND (c.relkind IN ('r', 'p') AND c.relnamespace = 'tracker'::regnamespace
        OR c.relkind = 'v' AND c.relnamespace = 'strikes'::regnamespace)
    AND coalesce(col_description(c.oid, a.attnum), '') = ''"
none 'columns that may be NULL, and whose comment does not say what NULL means' "
    SELECT c.oid::regclass, a.attname FROM base_table c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND NOT a.attnotnull
    AND col_description(c.oid, a.attnum) NOT LIKE '%NULL: %'"
none 'time stamps without a time zone' "
    SELECT table_schema, table_name, column_name FROM information_schema.columns
    WHERE table_schema IN ('tracker', 'strikes') AND data_type = 'timestamp without time zone'"

# view COLUMN...: the view has exactly these columns, in this order.
view() {
    local name=$1 have
    shift
    have=$(psql -XAtqc "SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = 'strikes.$name'::regclass AND attnum > 0 AND NOT attisdropped")
    [ "$have" = "$*" ] || fail "strikes.$name has the columns" "$have" "and not" "$*"
}
numbers=()
for name in killed killed_civilian killed_attacker wounded missing drones drones_intercepted \
    drones_lost missiles missiles_intercepted; do
    numbers+=("${name}_low" "${name}_best" "${name}_high")
done
view incidents incident_id parent_id scope in_totals place place_precision adm1 country lat lon \
    local_date date_precision start_at end_at "${numbers[@]}" \
    grading n_reports n_independent sources first_reported_at last_changed_at
view figures incident_id field part low best high state in_totals rule claim_ids
view report_incidents report_ref incident_id rank
view toll_history recorded_at incident_id field part old_best new_best delta who rule sentence
view claims_by_source incident_id field part claimant claimant_kind claimant_party claimant_rank \
    low best high qualifier running_total claim_id outlet said_at report_ref url sentence
view decisions decision_id kind a b who why recorded_at status refused_path retracted_at retracted_by \
    retracted_why
view toll_series said_at incident_id field part low best high state rule claim_id
view source_coverage source day reports claims gap
view review_queue kind value incident_id decision_id place country local_date what since
view watch_state started_at heartbeat_at reported_day polls poll_failures not_modified pages reports \
    rejected rows_changed reloads reload_failures database_losses
view data_dictionary view column type unit null_meaning comment
for name in events claims; do
    for column in report_ref sentence span_start span_end rule claimant outlet url; do
        none "strikes.$name lacks $column" "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_attribute
            WHERE attrelid = 'strikes.$name'::regclass AND attname = '$column')"
    done
done
# Whatever has a name of a number calls it as strikes.incidents does.
none 'numbers with other names' "
    SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'strikes'::regnamespace
    AND c.relname IN ('daily_casualties', 'daily_munitions', 'casualties_by_place', 'waves')
    AND a.attname ~ '_(low|best|high)\$' AND a.attname !~ '^sites_' AND NOT EXISTS (
        SELECT FROM pg_attribute i WHERE i.attrelid = 'strikes.incidents'::regclass
        AND i.attname = a.attname)"
none 'functions without a comment, or open to everybody' "
    SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'strikes'::regnamespace
    AND (coalesce(obj_description(p.oid, 'pg_proc'), '') = ''
        OR has_function_privilege('public', p.oid, 'EXECUTE'))"
none 'the data dictionary lacks columns' "
    SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'strikes'
    EXCEPT SELECT view, \"column\" FROM strikes.data_dictionary WHERE comment <> ''"
[ "$(psql -XAtqc "SELECT unit, null_meaning FROM strikes.data_dictionary
    WHERE view = 'incidents' AND \"column\" = 'killed_best'")" = 'people|nobody stated one' ] ||
    fail "the data dictionary does not take comments apart"
none 'numbers without a unit' "
    SELECT view, \"column\" FROM strikes.data_dictionary
    WHERE type IN ('integer', 'bigint', 'smallint', 'numeric', 'double precision') AND unit IS NULL
    AND \"column\" !~ '(^|_)ids?\$' AND \"column\" NOT IN ('rank', 'claimant_rank')"
none 'views that the data dictionary lacks' "
    SELECT relname FROM pg_class WHERE relnamespace = 'strikes'::regnamespace AND relkind IN ('v', 'm')
    EXCEPT SELECT view FROM strikes.data_dictionary"

# What is NULL in real rows says what that means; a decision of each kind, one of them taken back.
"$TRACKER" ingest -q fixtures/reports >/dev/null
ref=$(psql -XAtqc "SELECT report_ref FROM strikes.report_incidents WHERE rank = 1 ORDER BY 1 LIMIT 1")
psql -XAtqc "SELECT strikes.decide('reject', 'report:$ref', NULL, 'anna', 'a test')" >/dev/null
"$TRACKER" reconcile >/dev/null
# A watch whose only feed does not answer.
printf 'feeds:\n  - url: http://127.0.0.1:1/\n' >"$TMPDIR/tracker.yml"
"$TRACKER" watch --once --config "$TMPDIR/tracker.yml" >/dev/null 2>&1 || [ $? = 3 ]
filled=$(psql -XAtq <<'SQL'
SELECT format('SELECT %L || ''.'' || %L WHERE EXISTS (SELECT FROM strikes.%I WHERE %I IS NULL)', view, "column", view, "column")
FROM strikes.data_dictionary WHERE null_meaning IS NULL \gexec
SQL
)
[ -z "$filled" ] || fail 'columns that are NULL, and whose comment does not say what NULL means:' "$filled"
empty=$(psql -XAtq <<'SQL'
SELECT format('SELECT %L WHERE NOT EXISTS (SELECT FROM strikes.%I)', view, view)
FROM (SELECT DISTINCT view FROM strikes.data_dictionary) v \gexec
SQL
)
[ -z "$empty" ] || fail 'views without a row to look at (give them one in this test):' "$empty"
