#include "store/feeds.h"

#include <stdio.h>

#include "store/connection.h"

/* Room for a 64-bit number or a date. */
#define NUMBER_SIZE 32

static const char *number_text(char out[NUMBER_SIZE], int64_t value)
{
    snprintf(out, NUMBER_SIZE, "%lld", (long long)value);
    return out;
}

static const char *instant_text(char out[NUMBER_SIZE], instant at)
{
    return at == INSTANT_NONE ? NULL : number_text(out, at);
}

/* Parameters end with NUL; slices do not. */
static int text_params(struct arena *arena, const struct slice *texts, int n, const char **params,
                       struct error *err)
{
    for (int i = 0; i < n; i++) {
        params[i] = NULL;
        if (!texts[i].len)
            continue;
        params[i] = arena_copy(arena, texts[i]).ptr;
        if (!params[i])
            return arena_full(arena, err);
    }
    return 0;
}

static int row_texts(struct arena *arena, const PGresult *rows, int row, struct slice *const *texts,
                     int n, struct error *err)
{
    for (int i = 0; i < n; i++) {
        struct slice value = row_slice(rows, row, i);
        if (!value.ptr)
            continue;
        *texts[i] = arena_copy(arena, value);
        if (!texts[i]->ptr)
            return arena_full(arena, err);
    }
    return 0;
}

static const char FEEDS[] =
    "SELECT url, etag, last_modified, last_error,"
    " floor(extract(epoch FROM last_polled_at))::bigint,"
    " floor(extract(epoch FROM last_new_at))::bigint, floor(extract(epoch FROM next_at))::bigint,"
    " usual_gap, failures FROM tracker.feed ORDER BY url";

int feeds_load(struct store *store, struct arena *arena, struct feed_state **out, size_t *n,
               struct error *err)
{
    PGresult *rows;
    if (connection_ensure(store, err) < 0 ||
        statement_query(store, FEEDS, 0, NULL, &rows, NULL, "reading feeds", err) < 0)
        return -1;
    *n = (size_t)PQntuples(rows);
    *out = ARENA_ARRAY(arena, struct feed_state, *n);
    int rc = *out ? 0 : arena_full(arena, err);
    for (size_t i = 0; rc == 0 && i < *n; i++) {
        struct feed_state *feed = &(*out)[i];
        struct slice *const texts[] = {&feed->url, &feed->etag, &feed->last_modified,
                                       &feed->last_error};
        int row = (int)i;
        rc = row_texts(arena, rows, row, texts, 4, err);
        feed->polled_at = row_int_or(rows, row, 4, INSTANT_NONE);
        feed->new_at = row_int_or(rows, row, 5, INSTANT_NONE);
        feed->next_at = row_int(rows, row, 6);
        feed->usual_gap = row_int_or(rows, row, 7, 0);
        feed->failures = row_int(rows, row, 8);
    }
    PQclear(rows);
    return rc;
}

static const char FEED_SAVE[] =
    "INSERT INTO tracker.feed (url, etag, last_modified, last_error, last_polled_at, last_new_at,"
    " next_at, usual_gap, failures)"
    " VALUES ($1, $2, $3, $4, to_timestamp($5::bigint), to_timestamp($6::bigint),"
    " to_timestamp($7::bigint), nullif($8::bigint, 0), $9::int)"
    " ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,"
    " last_error = excluded.last_error, last_polled_at = excluded.last_polled_at,"
    " last_new_at = excluded.last_new_at, next_at = excluded.next_at,"
    " usual_gap = excluded.usual_gap, failures = excluded.failures";

static const char PAGE_ADD[] =
    "INSERT INTO tracker.feed_page (url, published, feed_url, first_seen_at, next_at, failures)"
    " VALUES ($1, $2, $3, to_timestamp($4::bigint), to_timestamp($4::bigint), 0)"
    " ON CONFLICT (url) DO NOTHING";

static int feed_write(struct store *store, struct arena *arena, const struct feed_state *feed,
                      const struct feed_link *links, size_t n_links, int64_t *n_new,
                      struct error *err)
{
    char numbers[5][NUMBER_SIZE];
    const struct slice texts[] = {feed->url, feed->etag, feed->last_modified, feed->last_error};
    const char *params[9];
    if (text_params(arena, texts, 4, params, err))
        return -1;
    params[4] = instant_text(numbers[0], feed->polled_at);
    params[5] = instant_text(numbers[1], feed->new_at);
    params[6] = number_text(numbers[2], feed->next_at);
    params[7] = number_text(numbers[3], feed->usual_gap);
    params[8] = number_text(numbers[4], feed->failures);
    if (statement_query(store, FEED_SAVE, 9, params, NULL, NULL, "storing a feed", err) < 0)
        return -1;
    for (size_t i = 0; i < n_links; i++) {
        const struct slice link[] = {links[i].url, links[i].published};
        const char *page[] = {NULL, NULL, params[0], params[4]};
        if (text_params(arena, link, 2, page, err) ||
            statement_query(store, PAGE_ADD, 4, page, NULL, n_new, "storing links", err) < 0)
            return -1;
    }
    return 0;
}

int feed_save(struct store *store, const struct feed_state *feed, const struct feed_link *links,
              size_t n_links, int64_t *n_new, struct error *err)
{
    struct arena arena;
    *n_new = 0;
    if (connection_ensure(store, err) < 0 ||
        statement_run(store, "BEGIN", "storing a feed", err) < 0)
        return -1;
    arena_init(&arena, (size_t)64 << 20);
    int rc = feed_write(store, &arena, feed, links, n_links, n_new, err);
    if (rc == 0)
        rc = statement_run(store, "COMMIT", "storing a feed", err);
    if (rc < 0)
        connection_rollback(store);
    arena_free(&arena);
    return rc;
}

static const char PAGES_DUE[] =
    "SELECT url, feed_url, etag, last_modified, last_error, published,"
    " floor(extract(epoch FROM first_seen_at))::bigint,"
    " floor(extract(epoch FROM fetched_at))::bigint,"
    " floor(extract(epoch FROM next_at))::bigint, failures"
    " FROM tracker.feed_page WHERE feed_url = $1 AND next_at <= to_timestamp($2::bigint)"
    " ORDER BY next_at, url LIMIT $3::int";

int feed_pages_due(struct store *store, struct arena *arena, struct slice feed_url, instant now,
                   int most, struct feed_page **out, size_t *n, struct error *err)
{
    char at[NUMBER_SIZE], limit[NUMBER_SIZE];
    const char *params[] = {NULL, number_text(at, now), number_text(limit, most)};
    PGresult *rows;
    if (text_params(arena, &feed_url, 1, params, err) || connection_ensure(store, err) < 0 ||
        statement_query(store, PAGES_DUE, 3, params, &rows, NULL, "reading links", err) < 0)
        return -1;
    *n = (size_t)PQntuples(rows);
    *out = ARENA_ARRAY(arena, struct feed_page, *n);
    int rc = *out ? 0 : arena_full(arena, err);
    for (size_t i = 0; rc == 0 && i < *n; i++) {
        struct feed_page *page = &(*out)[i];
        struct slice *const texts[] = {&page->url,           &page->feed_url,   &page->etag,
                                       &page->last_modified, &page->last_error, &page->published};
        int row = (int)i;
        rc = row_texts(arena, rows, row, texts, 6, err);
        page->first_seen_at = row_int(rows, row, 6);
        page->fetched_at = row_int_or(rows, row, 7, INSTANT_NONE);
        page->next_at = row_int_or(rows, row, 8, INSTANT_NONE);
        page->failures = row_int(rows, row, 9);
    }
    PQclear(rows);
    return rc;
}

static const char PAGE_SAVE[] =
    "UPDATE tracker.feed_page SET etag = $2, last_modified = $3, last_error = $4,"
    " fetched_at = to_timestamp($5::bigint), next_at = to_timestamp($6::bigint), failures = $7::int"
    " WHERE url = $1";

int feed_page_save(struct store *store, const struct feed_page *page, struct error *err)
{
    char numbers[3][NUMBER_SIZE];
    const struct slice texts[] = {page->url, page->etag, page->last_modified, page->last_error};
    const char *params[7];
    struct arena arena;
    arena_init(&arena, (size_t)1 << 20);
    int rc = text_params(&arena, texts, 4, params, err);
    params[4] = instant_text(numbers[0], page->fetched_at);
    params[5] = instant_text(numbers[1], page->next_at);
    params[6] = number_text(numbers[2], page->failures);
    if (rc == 0)
        rc = connection_ensure(store, err);
    if (rc == 0)
        rc = statement_query(store, PAGE_SAVE, 7, params, NULL, NULL, "storing a link", err);
    arena_free(&arena);
    return rc;
}

static const char STATE_LOAD[] =
    "SELECT floor(extract(epoch FROM started_at))::bigint,"
    " floor(extract(epoch FROM heartbeat_at))::bigint, reported_day - '1970-01-01'::date, polls,"
    " poll_failures, not_modified, pages, reports, rejected, rows_changed, reloads,"
    " reload_failures, database_losses FROM tracker.watch_state";

/* The counters in the order of STATE_LOAD and STATE_SAVE. */
#define COUNTERS 10

int watch_state_load(struct store *store, struct watch_state *out, struct error *err)
{
    PGresult *rows;
    *out = (struct watch_state){.reported_day = DAY_NONE};
    if (connection_ensure(store, err) < 0 ||
        statement_query(store, STATE_LOAD, 0, NULL, &rows, NULL, "reading the state", err) < 0)
        return -1;
    if (PQntuples(rows)) {
        int64_t *const counters[COUNTERS] = {
            &out->polls,           &out->poll_failures,   &out->not_modified, &out->pages,
            &out->reports,         &out->rejected,        &out->rows_changed, &out->reloads,
            &out->reload_failures, &out->database_losses,
        };
        out->started_at = row_int(rows, 0, 0);
        out->heartbeat_at = row_int(rows, 0, 1);
        out->reported_day = (day_number)row_int_or(rows, 0, 2, DAY_NONE);
        for (int i = 0; i < COUNTERS; i++)
            *counters[i] = row_int(rows, 0, 3 + i);
    }
    PQclear(rows);
    return 0;
}

static const char STATE_SAVE[] =
    "INSERT INTO tracker.watch_state (name, started_at, heartbeat_at, reported_day, polls,"
    " poll_failures, not_modified, pages, reports, rejected, rows_changed, reloads,"
    " reload_failures, database_losses)"
    " VALUES ('watch', to_timestamp($1::bigint), to_timestamp($2::bigint), $3::date, $4::bigint,"
    " $5::bigint, $6::bigint, $7::bigint, $8::bigint, $9::bigint, $10::bigint, $11::bigint,"
    " $12::bigint, $13::bigint)"
    " ON CONFLICT (name) DO UPDATE SET started_at = excluded.started_at,"
    " heartbeat_at = excluded.heartbeat_at, reported_day = excluded.reported_day,"
    " polls = excluded.polls, poll_failures = excluded.poll_failures,"
    " not_modified = excluded.not_modified, pages = excluded.pages, reports = excluded.reports,"
    " rejected = excluded.rejected, rows_changed = excluded.rows_changed,"
    " reloads = excluded.reloads, reload_failures = excluded.reload_failures,"
    " database_losses = excluded.database_losses";

int watch_state_save(struct store *store, const struct watch_state *state, struct error *err)
{
    const int64_t counters[COUNTERS] = {
        state->polls,           state->poll_failures,   state->not_modified, state->pages,
        state->reports,         state->rejected,        state->rows_changed, state->reloads,
        state->reload_failures, state->database_losses,
    };
    char numbers[COUNTERS + 2][NUMBER_SIZE], day[16];
    const char *params[3 + COUNTERS];
    params[0] = number_text(numbers[0], state->started_at);
    params[1] = number_text(numbers[1], state->heartbeat_at);
    params[2] = NULL;
    if (state->reported_day != DAY_NONE) {
        day_format(state->reported_day, day);
        params[2] = day;
    }
    for (int i = 0; i < COUNTERS; i++)
        params[3 + i] = number_text(numbers[2 + i], counters[i]);
    return connection_ensure(store, err) < 0
               ? -1
               : statement_query(store, STATE_SAVE, 3 + COUNTERS, params, NULL, NULL,
                                 "storing the state", err);
}
