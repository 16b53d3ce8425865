#include "store/situation.h"

#include "store/connection.h"

#define WHAT "reading the situation"

/* $1: the moment asked for, or NULL. An archive loaded today reports on its own last day: the
 * anchor goes by publication, up to the moment. */
static const char MOMENT[] =
    "WITH m AS (SELECT coalesce($1::timestamptz, greatest("
    "  (SELECT max(recorded_at) FROM tracker.report),"
    "  (SELECT max(superseded_at) FROM tracker.report_edition),"
    "  (SELECT max(last_changed_at) FROM tracker.incident),"
    "  (SELECT max(superseded_at) FROM tracker.incident_edition),"
    "  (SELECT max(recorded_at) FROM tracker.incident_revision),"
    "  (SELECT max(recorded_at) FROM tracker.incident_redirect)), 'epoch') AS t)"
    " SELECT to_char(t, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),"
    "  (SELECT max(p.published_at)::date - '1970-01-01'::date"
    "   FROM (SELECT published_at FROM tracker.report WHERE recorded_at <= t"
    "         UNION ALL SELECT published_at FROM tracker.report_edition"
    "         WHERE recorded_at <= t AND superseded_at > t) p"
    "   WHERE p.published_at <= t)"
    " FROM m";

/* The states of incidents at $1. */
#define INCIDENTS_AT_MOMENT                                                                     \
    "(SELECT region_id, incident_id, parent_id, scope, place_name, place_precision, adm1,"      \
    "  country, date_precision, grading, sources, local_date, first_reported_at, in_totals,"    \
    "  lat_e5, lon_e5, n_reports, n_independent, retired_at, last_changed_at, start_at, end_at" \
    " FROM tracker.incident WHERE last_changed_at <= $1::timestamptz"                           \
    " UNION ALL"                                                                                \
    " SELECT region_id, incident_id, parent_id, scope, place_name, place_precision, adm1,"      \
    "  country, date_precision, grading, sources, local_date, first_reported_at, in_totals,"    \
    "  lat_e5, lon_e5, n_reports, n_independent, retired_at, last_changed_at, start_at, end_at" \
    " FROM tracker.incident_edition"                                                            \
    " WHERE last_changed_at <= $1::timestamptz AND superseded_at > $1::timestamptz) i"

#define IN_COUNTRY_AND_REGION                          \
    " AND ($4::text IS NULL OR i.country = upper($4))" \
    " AND ($5::text IS NULL OR lower(i.adm1) = lower($5))"

#define UTC_TEXT(column) "to_char(" column " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"

/* $1 moment, $2 and $3 first and last day or NULL, $4 country, $5 region. An incident of no known
 * day counts under the days its first report came out. */
static const char INCIDENTS[] =
    "SELECT i.incident_id, i.parent_id, i.scope, i.place_name, i.place_precision, i.adm1,"
    " nullif(i.country, ''), i.date_precision, i.grading, array_to_string(i.sources, ', '),"
    " i.local_date - '1970-01-01'::date, i.in_totals, i.lat_e5, i.lon_e5, i.n_reports,"
    " i.n_independent, " UTC_TEXT("i.start_at") ", " UTC_TEXT("i.end_at") ", " UTC_TEXT(
        "i.first_reported_at") ", " UTC_TEXT("i.last_changed_at") " FROM " INCIDENTS_AT_MOMENT
                                                                  " WHERE i.retired_at IS NULL AND "
                                                                  "($2::date IS NULL"
                                                                  "  OR i.local_date BETWEEN "
                                                                  "$2::date AND $3::date OR "
                                                                  "i.local_date IS NULL AND "
                                                                  "i.first_reported_at >= $2::date"
                                                                  "   AND i.first_reported_at < "
                                                                  "$3::date + "
                                                                  "1)" IN_COUNTRY_AND_REGION
                                                                  " ORDER BY i.local_date NULLS "
                                                                  "LAST, i.incident_id";

/* Where the claim of a revision stands: sentence, outlet and address. A reading that was replaced
 * and came back has several rows in report_edition; one is enough. */
#define WORDS_OF_REVISION                                                               \
    " LEFT JOIN LATERAL (SELECT c.sentence, c.reading_id FROM tracker.claim c"          \
    "  WHERE c.report_id = r.report_id AND c.claim_id = r.claim_id"                     \
    "  ORDER BY c.recorded_at, c.reading_id LIMIT 1) c ON true"                         \
    " LEFT JOIN tracker.report p ON p.report_id = r.report_id"                          \
    " LEFT JOIN LATERAL (SELECT e.outlet, e.published_at FROM tracker.report_edition e" \
    "  WHERE e.report_id = r.report_id AND e.reading_id = c.reading_id"                 \
    "  ORDER BY e.recorded_at LIMIT 1) e ON true"

/* $1 moment, $2 ids in the order of the incidents. */
static const char FIGURES[] =
    "SELECT q.n - 1, r.field, nullif(r.part, ''), r.new_low, r.new_best, r.new_high, r.new_state,"
    " r.rule, coalesce(r.new_in_totals, false), r.who, c.sentence, p.url,"
    " coalesce(e.outlet, p.outlet),"
    " to_char(coalesce(e.published_at, p.published_at), 'YYYY-MM-DD')"
    " FROM unnest($2::bigint[]) WITH ORDINALITY AS q (id, n)"
    " CROSS JOIN LATERAL (SELECT DISTINCT ON (v.field, v.part) v.*"
    "  FROM tracker.incident_revision v"
    "  WHERE v.incident_id = q.id AND v.recorded_at <= $1::timestamptz"
    "  ORDER BY v.field, v.part, v.recorded_at DESC) r" WORDS_OF_REVISION
    " WHERE r.new_state IS NOT NULL ORDER BY q.n, r.field, r.part";

/* $1 moment, $2 first day of the period, $3 unused bound of the macros, $4 country, $5 region:
 * what was changed since the period began in figures of earlier days. */
static const char REVISIONS[] =
    "SELECT r.incident_id, i.place_name, to_char(r.recorded_at, 'YYYY-MM-DD HH24:MI'),"
    " i.local_date - '1970-01-01'::date, r.field, nullif(r.part, ''), r.who, r.rule, c.sentence,"
    " p.url, r.old_low, r.old_best, r.old_high, r.new_low, r.new_best, r.new_high,"
    " r.new_state IS NULL"
    " FROM (SELECT * FROM tracker.incident_revision v"
    "  WHERE v.recorded_at >= $2::date AND v.recorded_at <= $1::timestamptz"
    "  AND v.old_state IS NOT NULL AND (v.old_low, v.old_best, v.old_high, v.old_state)"
    "   IS DISTINCT FROM (v.new_low, v.new_best, v.new_high, v.new_state)) r"
    " JOIN " INCIDENTS_AT_MOMENT " ON i.incident_id = r.incident_id" WORDS_OF_REVISION
    " WHERE i.local_date < $2::date AND i.local_date <= $3::date" IN_COUNTRY_AND_REGION
    " ORDER BY r.recorded_at, r.incident_id, r.field, r.part";

/* $1 moment, $2 the incident. */
static const char STEPS[] =
    "SELECT to_char(coalesce(e.published_at, p.published_at, r.recorded_at),"
    "  'YYYY-MM-DD HH24:MI') AS at,"
    " floor(extract(epoch FROM coalesce(e.published_at, p.published_at, r.recorded_at)))::bigint,"
    " r.new_low, r.new_best, r.new_high, r.who"
    " FROM (SELECT * FROM tracker.incident_revision v WHERE v.incident_id = $2::bigint"
    "  AND v.recorded_at <= $1::timestamptz AND v.field = 'killed' AND v.part = ''"
    "  AND v.new_best IS NOT NULL) r" WORDS_OF_REVISION " ORDER BY 2, r.recorded_at";

/* The editions of reports at $1. */
#define REPORTS_AT_MOMENT                                                                         \
    "known AS (SELECT report_id, reading_id, outlet, (published_at AT TIME ZONE 'UTC')::date AS " \
    "d,"                                                                                          \
    "   ruleset_id FROM tracker.report WHERE recorded_at <= $1::timestamptz AND NOT withdrawn"    \
    "  UNION ALL"                                                                                 \
    "  SELECT report_id, reading_id, outlet, (published_at AT TIME ZONE 'UTC')::date, ruleset_id" \
    "  FROM tracker.report_edition WHERE recorded_at <= $1::timestamptz"                          \
    "   AND superseded_at > $1::timestamptz AND NOT withdrawn)"

/* $1 moment, $2 and $3 the period. The period before is as long. */
static const char SOURCES[] =
    "WITH " REPORTS_AT_MOMENT
    " SELECT k.outlet, count(*) FILTER (WHERE k.d BETWEEN $2::date AND $3::date) AS n,"
    " coalesce(sum((SELECT count(*) FROM tracker.claim c WHERE c.report_id = k.report_id"
    "   AND c.reading_id = k.reading_id)) FILTER (WHERE k.d BETWEEN $2::date AND $3::date), 0),"
    " count(DISTINCT k.d) FILTER (WHERE k.d BETWEEN $2::date AND $3::date),"
    " max(k.d) - '1970-01-01'::date,"
    " count(*) FILTER (WHERE k.d < $2::date)"
    " FROM known k WHERE k.d BETWEEN $2::date - ($3::date - $2::date + 1) AND $3::date"
    " GROUP BY k.outlet ORDER BY n DESC, k.outlet NULLS LAST";

static const char RULESETS[] =
    "WITH " REPORTS_AT_MOMENT " SELECT left(encode(s.digest, 'hex'), 16) AS digest, count(*)"
    " FROM known k JOIN tracker.ruleset s USING (ruleset_id)"
    " WHERE k.d BETWEEN $2::date AND $3::date GROUP BY 1 ORDER BY 1";

/* ---- reading rows ---- */

/* Columns first, first + 1, ... into the slices named. */
static int keep_all(struct arena *arena, const PGresult *rows, int row, int first,
                    struct slice *const *out, int n, struct error *err)
{
    for (int i = 0; i < n; i++)
        if (row_keep(arena, rows, row, first + i, out[i], err))
            return -1;
    return 0;
}

#define KEEP(arena, rows, row, first, list, err) \
    keep_all(arena, rows, row, first, list, (int)(sizeof(list) / sizeof *(list)), err)

static day_number read_day(const PGresult *rows, int row, int column)
{
    return (day_number)row_int_or(rows, row, column, DAY_NONE);
}

static int read_incident(struct arena *arena, const PGresult *rows, int row,
                         struct situation_incident *out, struct error *err)
{
    struct slice *const texts[] = {
        &out->id,   &out->parent_id, &out->scope,          &out->place,   &out->place_precision,
        &out->adm1, &out->country,   &out->date_precision, &out->grading, &out->sources};
    struct slice *const times[] = {&out->start_at, &out->end_at, &out->first_reported,
                                   &out->last_changed};
    out->day = read_day(rows, row, 10);
    out->in_totals = row_bool(rows, row, 11);
    out->located = !row_is_null(rows, row, 12) && !row_is_null(rows, row, 13);
    out->lat_e5 = (int32_t)row_int_or(rows, row, 12, 0);
    out->lon_e5 = (int32_t)row_int_or(rows, row, 13, 0);
    out->n_reports = row_int(rows, row, 14);
    out->n_independent = row_int(rows, row, 15);
    return KEEP(arena, rows, row, 0, texts, err) || KEEP(arena, rows, row, 16, times, err) ? -1 : 0;
}

static int read_figure(struct arena *arena, const PGresult *rows, int row,
                       struct situation_figure *out, struct error *err)
{
    struct slice *const names[] = {&out->field, &out->part};
    struct slice *const state[] = {&out->state, &out->rule};
    struct slice *const words[] = {&out->who, &out->sentence, &out->url, &out->outlet,
                                   &out->published};
    out->low = row_int_or(rows, row, 3, COUNT_OPEN);
    out->best = row_int_or(rows, row, 4, COUNT_OPEN);
    out->high = row_int_or(rows, row, 5, COUNT_OPEN);
    out->in_totals = row_bool(rows, row, 8);
    return KEEP(arena, rows, row, 1, names, err) || KEEP(arena, rows, row, 6, state, err) ||
                   KEEP(arena, rows, row, 9, words, err)
               ? -1
               : 0;
}

static int read_revision(struct arena *arena, const PGresult *rows, int row,
                         struct situation_revision *out, struct error *err)
{
    struct slice *const where[] = {&out->incident_id, &out->place, &out->recorded};
    struct slice *const words[] = {&out->field, &out->part,     &out->who,
                                   &out->rule,  &out->sentence, &out->url};
    int64_t *const numbers[] = {&out->old_low, &out->old_best, &out->old_high,
                                &out->new_low, &out->new_best, &out->new_high};
    out->day = read_day(rows, row, 3);
    for (int i = 0; i < 6; i++)
        *numbers[i] = row_int_or(rows, row, 10 + i, COUNT_OPEN);
    out->gone = row_bool(rows, row, 16);
    return KEEP(arena, rows, row, 0, where, err) || KEEP(arena, rows, row, 4, words, err) ? -1 : 0;
}

static int read_step(struct arena *arena, const PGresult *rows, int row, struct situation_step *out,
                     struct error *err)
{
    out->moment = row_int(rows, row, 1);
    out->low = row_int_or(rows, row, 2, COUNT_OPEN);
    out->best = row_int_or(rows, row, 3, COUNT_OPEN);
    out->high = row_int_or(rows, row, 4, COUNT_OPEN);
    return row_keep(arena, rows, row, 0, &out->at, err) ||
                   row_keep(arena, rows, row, 5, &out->who, err)
               ? -1
               : 0;
}

static int read_source(struct arena *arena, const PGresult *rows, int row,
                       struct situation_source *out, struct error *err)
{
    out->reports = row_int(rows, row, 1);
    out->claims = row_int(rows, row, 2);
    out->days = row_int(rows, row, 3);
    out->last = read_day(rows, row, 4);
    out->before = row_int(rows, row, 5);
    return row_keep(arena, rows, row, 0, &out->outlet, err);
}

/* ---- one kind of rows each ---- */

struct loading {
    struct store *store;
    struct arena *arena;
    const char *params[5]; /* moment, from, to, country, region */
    struct situation *out;
};

/* Runs a query and makes room for its rows. */
static int load_rows(const struct loading *l, const char *sql, int n_params,
                     const char *const *params, size_t size, PGresult **rows, void *items,
                     size_t *n, struct error *err)
{
    if (statement_query(l->store, sql, n_params, params, rows, NULL, WHAT, err) < 0)
        return -1;
    *n = (size_t)PQntuples(*rows);
    *(void **)items = arena_calloc(l->arena, *n, size);
    if (*(void **)items)
        return 0;
    PQclear(*rows);
    return arena_full(l->arena, err);
}

#define LOAD(l, sql, n_params, params, items, n, read, err)                                   \
    do {                                                                                      \
        PGresult *rows;                                                                       \
        if (load_rows(l, sql, n_params, params, sizeof *(items), &rows, &(items), &(n), err)) \
            return -1;                                                                        \
        int rc = 0;                                                                           \
        for (size_t i = 0; rc == 0 && i < (n); i++)                                           \
            rc = read((l)->arena, rows, (int)i, &(items)[i], err);                            \
        PQclear(rows);                                                                        \
        if (rc)                                                                               \
            return -1;                                                                        \
    } while (0)

static int load_incidents(const struct loading *l, day_number since, struct error *err)
{
    char day[16];
    if (l->params[1])
        day_format(since, day);
    const char *const params[] = {l->params[0], l->params[1] ? day : NULL, l->params[2],
                                  l->params[3], l->params[4]};
    LOAD(l, INCIDENTS, 5, params, l->out->incidents, l->out->n_incidents, read_incident, err);
    return 0;
}

/* The ids as an array of PostgreSQL. */
static int ids_write(struct buffer *text, const struct situation *s, struct error *err)
{
    buffer_init(text, (size_t)1 << 30);
    buffer_add_char(text, '{');
    for (size_t i = 0; i < s->n_incidents; i++)
        buffer_format(text, "%s%.*s", i ? "," : "", SLICE_ARG(s->incidents[i].id));
    buffer_add_char(text, '}');
    return buffer_check(text, err);
}

/* Hands each incident its figures; rows come in the order of the incidents, whose number is the
 * first column. */
static int read_figures(const struct loading *l, const PGresult *rows, struct error *err)
{
    struct situation *s = l->out;
    for (size_t i = 0; i < s->n_figures; i++) {
        struct situation_incident *of = &s->incidents[row_int(rows, (int)i, 0)];
        if (read_figure(l->arena, rows, (int)i, &s->figures[i], err))
            return -1;
        if (!of->n_figures++)
            of->first_figure = i;
    }
    return 0;
}

static int load_figures(const struct loading *l, struct error *err)
{
    struct situation *s = l->out;
    struct buffer ids;
    PGresult *rows;
    int rc = ids_write(&ids, s, err);
    const char *const params[] = {l->params[0], ids.ptr};
    if (rc == 0)
        rc = load_rows(l, FIGURES, 2, params, sizeof *s->figures, &rows, &s->figures, &s->n_figures,
                       err);
    buffer_free(&ids);
    if (rc)
        return -1;
    rc = read_figures(l, rows, err);
    PQclear(rows);
    return rc;
}

static const struct situation_figure *killed_of(const struct situation *s,
                                                const struct situation_incident *incident)
{
    for (size_t i = 0; i < incident->n_figures; i++) {
        const struct situation_figure *f = &s->figures[incident->first_figure + i];
        if (slice_is(f->field, "killed") && !f->part.len)
            return f;
    }
    return NULL;
}

const struct situation_incident *situation_deadliest(const struct situation *s, day_number from)
{
    const struct situation_incident *found = NULL;
    int64_t most = 0;
    for (size_t i = 0; i < s->n_incidents; i++) {
        const struct situation_incident *incident = &s->incidents[i];
        const struct situation_figure *killed = killed_of(s, incident);
        if (incident->day == DAY_NONE || incident->day < from || !incident->in_totals || !killed ||
            killed->best <= most) /* COUNT_OPEN is below any number */
            continue;
        most = killed->best;
        found = incident;
    }
    return found;
}

static int load_steps(const struct loading *l, day_number from, struct error *err)
{
    struct situation *s = l->out;
    const struct situation_incident *incident = situation_deadliest(s, from);
    if (!incident)
        return 0;
    const char *const params[] = {l->params[0], incident->id.ptr};
    s->steps_incident = incident->id;
    LOAD(l, STEPS, 2, params, s->steps, s->n_steps, read_step, err);
    return 0;
}

static int read_ruleset(struct arena *arena, const PGresult *rows, int row, struct slice *out,
                        struct error *err)
{
    return row_keep(arena, rows, row, 0, out, err);
}

static int load_all(const struct loading *l, const struct situation_query *query, struct error *err)
{
    struct situation *s = l->out;
    if (load_incidents(l, query->since, err) || load_figures(l, err))
        return -1;
    if (query->incidents_only)
        return 0;
    if (load_steps(l, query->from, err))
        return -1;
    LOAD(l, REVISIONS, 5, l->params, s->revisions, s->n_revisions, read_revision, err);
    LOAD(l, SOURCES, 3, l->params, s->sources, s->n_sources, read_source, err);
    LOAD(l, RULESETS, 3, l->params, s->rulesets, s->n_rulesets, read_ruleset, err);
    for (size_t i = 0; i < s->n_sources; i++)
        s->n_reports += s->sources[i].reports;
    return 0;
}

int situation_load(struct store *store, struct arena *arena, const struct situation_query *query,
                   struct situation *out, struct error *err)
{
    char from[16], to[16];
    *out = (struct situation){0};
    bool bounded = query->from != DAY_NONE;
    if (bounded) {
        day_format(query->from, from);
        day_format(query->to, to);
    }
    const struct loading l = {.store = store,
                              .arena = arena,
                              .params = {query->as_of, bounded ? from : NULL, bounded ? to : NULL,
                                         query->country, query->region},
                              .out = out};
    if (connection_ensure(store, err) < 0 ||
        statement_run(store, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", WHAT, err) < 0)
        return -1;
    int rc = load_all(&l, query, err);
    connection_rollback(store);
    return rc;
}

/* The text PostgreSQL is given for a moment: as asked, or the end of the day asked for. */
static int moment_text(struct arena *arena, const char *asked, const char **out, struct error *err)
{
    struct stamp stamp;
    *out = asked;
    if (!asked)
        return 0;
    if (stamp_parse(slice_of(asked), &stamp, err))
        return -1;
    if (stamp.seconds >= 0)
        return 0;
    struct slice text = arena_format(arena, "%sT23:59:59.999999Z", asked);
    *out = text.ptr;
    return text.ptr ? 0 : arena_full(arena, err);
}

int situation_moment(struct store *store, struct arena *arena, const char *asked,
                     struct slice *as_of, day_number *anchor, struct error *err)
{
    const char *params[1];
    PGresult *rows;
    if (moment_text(arena, asked, &params[0], err) || connection_ensure(store, err) < 0 ||
        statement_query(store, MOMENT, 1, params, &rows, NULL, WHAT, err) < 0)
        return -1;
    *anchor = read_day(rows, 0, 1);
    int rc = row_keep(arena, rows, 0, 0, as_of, err);
    PQclear(rows);
    return rc;
}
