/* The loop of `tracker watch`: feeds, settling, reports, heartbeat; signals between them. */
#include <time.h>

#include "base/log.h"
#include "cli/generation.h"
#include "cli/watch_files.h"
#include "pipeline/poll.h"

/* Most pages fetched of one feed before the others have their turn. */
#define PAGES_A_TURN 20
/* The heart beats at least this often, in seconds, and a lost database is asked for this often. */
#define LONGEST_WAIT 15
#define LONGEST_AWAY 60
/* A situation report that could not be written is tried again so much later. */
#define REPORT_AGAIN 600
#define CYCLE_MEMORY ((size_t)1 << 30)

struct watch {
    struct generation generations[2];
    size_t current;      /* of them; the other one is empty */
    struct store *store; /* NULL while the database is away */
    struct arena arena;  /* of one cycle */
    struct watch_state state;
    bool state_loaded;
    bool once;
    struct feed_state *feeds; /* those of the settings, of this cycle */
    size_t n_feeds;
    int64_t away_pause; /* seconds */
    instant reports_at; /* not before */
    int64_t failures;   /* of feeds and pages, in this run */
};

static struct generation *generation_of(struct watch *watch)
{
    return &watch->generations[watch->current];
}

static void state_add(struct watch *watch, const struct poll_counts *counts)
{
    struct watch_state *state = &watch->state;
    state->polls += counts->polls;
    state->poll_failures += counts->poll_failures;
    state->not_modified += counts->not_modified;
    state->pages += counts->pages;
    state->reports += counts->reports;
    state->rejected += counts->rejected;
    state->rows_changed += change_counts_total(&counts->changed);
    watch->failures += counts->poll_failures + counts->page_failures + counts->rejected;
}

/* Rules, places and settings anew: all or nothing. */
static void reload(struct watch *watch)
{
    size_t other = 1 - watch->current;
    struct error why = {0};
    if (generation_open(&generation_of(watch)->cli, true, &watch->generations[other], &why)) {
        watch->state.reload_failures++;
        log_error(LOG_ERROR, &why);
        log_write(LOG_ERROR, "the rules, places and settings in use are kept");
        return;
    }
    generation_close(generation_of(watch));
    watch->current = other;
    watch->state.reloads++;
    /* The settings may name another database. */
    store_close(watch->store);
    watch->store = NULL;
    watch->n_feeds = 0; /* their addresses went with the old settings */
    log_write(LOG_INFO, "rules, places and settings were read anew");
}

static int connect(struct watch *watch, struct error *err)
{
    struct watch_state stored;
    if (watch->store)
        return 0;
    if (database_open(&generation_of(watch)->cli, &watch->store, err))
        return -1;
    if (watch->state_loaded)
        return 0;
    if (watch_state_load(watch->store, &stored, err))
        return -1;
    watch->state.reported_day = stored.reported_day;
    watch->state_loaded = true;
    return 0;
}

/* What is known of each feed of the settings, in their order. */
static int feeds_open(struct watch *watch, struct error *err)
{
    const struct settings *settings = &generation_of(watch)->cli.settings;
    struct feed_state *known;
    size_t n;
    arena_reset(&watch->arena);
    watch->n_feeds = 0;
    watch->feeds = ARENA_ARRAY(&watch->arena, struct feed_state, settings->n_feeds);
    if (!watch->feeds)
        return arena_full(&watch->arena, err);
    if (feeds_load(watch->store, &watch->arena, &known, &n, err))
        return -1;
    for (size_t i = 0; i < settings->n_feeds; i++) {
        watch->feeds[i] = (struct feed_state){
            .url = settings->feeds[i].url, .polled_at = INSTANT_NONE, .new_at = INSTANT_NONE};
        for (size_t k = 0; k < n; k++)
            if (slice_equal(known[k].url, settings->feeds[i].url))
                watch->feeds[i] = known[k];
    }
    watch->n_feeds = settings->n_feeds;
    return 0;
}

static int pages_poll(struct watch *watch, const struct poll_options *options,
                      const struct config_feed *feed, struct feed_state *state, instant now,
                      struct poll_counts *counts, struct error *err)
{
    size_t n;
    do {
        if (poll_pages(options, feed, state, now, PAGES_A_TURN, &n, counts, err))
            return -1;
    } while (watch->once && n == PAGES_A_TURN);
    return 0;
}

static int feeds_poll(struct watch *watch, instant now, struct error *err)
{
    struct generation *generation = generation_of(watch);
    const struct settings *settings = &generation->cli.settings;
    const struct poll_options options = {.extractor = &generation->reading.extractor,
                                         .store = watch->store,
                                         .fetcher = generation->fetcher,
                                         .ruleset_path =
                                             slice_of(settings->values[OPTION_RULES].value),
                                         .every = generation->every};
    struct poll_counts counts = {0};
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < watch->n_feeds; i++) {
        struct feed_state *state = &watch->feeds[i];
        if (watch->once || state->next_at <= now)
            rc = poll_feed(&options, &settings->feeds[i], state, &watch->arena, now, &counts, err);
        if (rc == 0)
            rc = pages_poll(watch, &options, &settings->feeds[i], state, now, &counts, err);
    }
    state_add(watch, &counts);
    return rc;
}

static int settle(struct watch *watch, struct error *err)
{
    struct generation *generation = generation_of(watch);
    struct change_counts counts = {0};
    store_set_quiet(watch->store, watch->once ? 0 : (int)generation->settle_after);
    int rc = settle_all(watch->store, &generation->reading.ruleset->weights, &counts, err);
    watch->state.rows_changed += change_counts_total(&counts);
    return rc;
}

static bool database_failed(const struct error *err)
{
    return err->code == ERROR_NO_DATABASE || err->code == ERROR_RETRY ||
           err->code == ERROR_DATABASE || err->code == ERROR_REFUSED;
}

/* Reports that cannot be written keep nothing else from going on. */
static int reports(struct watch *watch, instant now, struct error *err)
{
    if (now < watch->reports_at ||
        reports_write(generation_of(watch), watch->store, now, &watch->state, err) == 0)
        return 0;
    if (database_failed(err))
        return -1;
    log_error(LOG_ERROR, err);
    watch->reports_at = now + REPORT_AGAIN;
    return 0;
}

static int cycle(struct watch *watch, struct error *err)
{
    instant now = time(NULL);
    if (connect(watch, err) || feeds_open(watch, err) || feeds_poll(watch, now, err) ||
        settle(watch, err) || reports(watch, now, err))
        return -1;
    watch->state.heartbeat_at = time(NULL);
    return watch_state_save(watch->store, &watch->state, err);
}

/* Seconds until something is due. */
static int64_t next_wait(struct watch *watch)
{
    const struct generation *generation = generation_of(watch);
    instant now = time(NULL);
    int64_t wait = generation->settle_after / 2 + 1;
    if (wait > LONGEST_WAIT)
        wait = LONGEST_WAIT;
    for (size_t i = 0; i < watch->n_feeds; i++)
        if (watch->feeds[i].next_at - now < wait)
            wait = watch->feeds[i].next_at - now;
    return wait > 1 ? wait : 1;
}

/* A second at a time: a signal that comes just before the sleep waits no longer. */
static void rest(int64_t seconds)
{
    const struct timespec second = {1, 0};
    for (int64_t i = 0; i < seconds && !stop_signal && !reload_signal; i++)
        (void)nanosleep(&second, NULL);
}

/* The database is away: everything is as it was when it was last there. */
static int64_t database_lost(struct watch *watch, const struct error *why)
{
    log_error(LOG_WARN, why);
    if (watch->store)
        watch->state.database_losses++;
    store_close(watch->store);
    watch->store = NULL;
    watch->away_pause = watch->away_pause ? 2 * watch->away_pause : 1;
    if (watch->away_pause > LONGEST_AWAY)
        watch->away_pause = LONGEST_AWAY;
    log_write(LOG_WARN, "trying again in %lld s", (long long)watch->away_pause);
    return watch->away_pause;
}

static int watch_run(struct watch *watch, struct error *err)
{
    bool first = true;
    while (!stop_signal) {
        struct error why = {0};
        if (reload_signal) {
            reload_signal = 0;
            reload(watch);
        }
        int rc = cycle(watch, &why);
        if (rc && why.code == ERROR_INTERRUPTED)
            break;
        if (rc && (watch->once || !database_failed(&why) || (first && why.code == ERROR_REFUSED))) {
            *err = why;
            return -1;
        }
        first = false;
        int64_t wait = rc ? database_lost(watch, &why) : next_wait(watch);
        if (rc == 0)
            watch->away_pause = 0;
        if (metrics_write(generation_of(watch), &watch->state, watch->feeds, watch->n_feeds, &why))
            log_error(LOG_ERROR, &why);
        if (watch->once)
            break;
        rest(wait);
    }
    return 0;
}

static int summary(struct cli *cli, struct watch *watch, struct error *err)
{
    int64_t n_reports, n_incidents;
    if (!watch->once || !watch->store)
        return 0;
    if (store_totals(watch->store, &n_reports, &n_incidents, err))
        return -1;
    buffer_format(&cli->out, "%lld reports, %lld incidents, %lld rows changed\n",
                  (long long)n_reports, (long long)n_incidents,
                  (long long)watch->state.rows_changed);
    return 0;
}

int cmd_watch(struct cli *cli, struct error *err)
{
    struct watch watch = {.once = cli->arguments.value[OPTION_ONCE] != NULL,
                          .state = {.started_at = time(NULL), .reported_day = DAY_NONE}};
    if (cli->arguments.n_operands)
        return error_set(err, ERROR_USAGE, "watch takes no operands: feeds are in the settings");
    if (!cli->settings.n_feeds)
        return error_set(err, ERROR_CONFIG, "no feeds: list them in tracker.yml (%s)",
                         cli->settings.config_file ? cli->settings.config_file : "there is none");
    arena_init(&watch.arena, CYCLE_MEMORY);
    signals_catch_reload();
    int rc = generation_open(cli, false, &watch.generations[0], err);
    if (rc == 0)
        rc = watch_run(&watch, err);
    if (rc == 0)
        rc = summary(cli, &watch, err);
    store_close(watch.store);
    generation_close(&watch.generations[0]);
    generation_close(&watch.generations[1]);
    arena_free(&watch.arena);
    if (rc)
        return -1;
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return watch.once && watch.failures ? EXIT_REJECTED : EXIT_OK;
}
