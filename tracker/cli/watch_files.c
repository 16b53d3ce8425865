#include "cli/watch_files.h"

#include <stdio.h>

#include "cli/file_write.h"
#include "cli/publish.h"

#define METRICS_MEMORY ((size_t)16 << 20)
#define SECONDS_A_DAY 86400
/* After a longer absence the older days are left to `tracker report`. */
#define MOST_DAYS 7

static void metric(struct buffer *out, const char *name, const char *type, const char *help,
                   int64_t value)
{
    buffer_format(out, "# HELP tracker_%s %s\n# TYPE tracker_%s %s\ntracker_%s %lld\n", name, help,
                  name, type, name, (long long)value);
}

/* A label's value: backslash, quote and line feed escaped. */
static void label(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\' || c == '"')
            buffer_add_char(out, '\\');
        buffer_add_text(out, c == '\n' ? "\\n" : "");
        if (c != '\n')
            buffer_add_char(out, c);
    }
}

static void feed_metric(struct buffer *out, const char *name, struct slice url, int64_t value)
{
    buffer_format(out, "tracker_feed_%s{url=\"", name);
    label(out, url);
    buffer_format(out, "\"} %lld\n", (long long)value);
}

static void feed_metrics(struct buffer *out, const struct feed_state *feeds, size_t n)
{
    buffer_add_text(out, "# HELP tracker_feed_failures Polls that failed since the last that did "
                         "not.\n# TYPE tracker_feed_failures gauge\n");
    for (size_t i = 0; i < n; i++)
        feed_metric(out, "failures", feeds[i].url, feeds[i].failures);
    buffer_add_text(out,
                    "# HELP tracker_feed_last_new_timestamp_seconds When it last had something "
                    "new.\n# TYPE tracker_feed_last_new_timestamp_seconds gauge\n");
    for (size_t i = 0; i < n; i++)
        if (feeds[i].new_at != INSTANT_NONE)
            feed_metric(out, "last_new_timestamp_seconds", feeds[i].url, feeds[i].new_at);
}

int metrics_write(struct generation *generation, const struct watch_state *state,
                  const struct feed_state *feeds, size_t n_feeds, struct error *err)
{
    const char *path = generation->cli.settings.values[OPTION_METRICS_FILE].value;
    const struct {
        const char *name, *type, *help;
        int64_t value;
    } metrics[] = {
        {"start_timestamp_seconds", "gauge", "When the program started.", state->started_at},
        {"heartbeat_timestamp_seconds", "gauge", "When it last went through its feeds.",
         state->heartbeat_at},
        {"polls_total", "counter", "Feeds asked.", state->polls},
        {"poll_failures_total", "counter", "Of these, without an answer of use.",
         state->poll_failures},
        {"not_modified_total", "counter", "Of these, with nothing new (304).", state->not_modified},
        {"pages_total", "counter", "Pages asked for.", state->pages},
        {"reports_total", "counter", "Reports read, also known ones.", state->reports},
        {"rejected_total", "counter", "Reports that could not be read.", state->rejected},
        {"rows_changed_total", "counter", "Rows changed by them.", state->rows_changed},
        {"reloads_total", "counter", "Times rules and settings were read anew.", state->reloads},
        {"reload_failures_total", "counter", "Times the old ones were kept.",
         state->reload_failures},
        {"database_losses_total", "counter", "Times the database went away.",
         state->database_losses},
    };
    struct arena arena;
    struct buffer text;
    if (!path)
        return 0;
    arena_init(&arena, METRICS_MEMORY);
    buffer_init(&text, METRICS_MEMORY);
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++)
        metric(&text, metrics[i].name, metrics[i].type, metrics[i].help, metrics[i].value);
    feed_metrics(&text, feeds, n_feeds);
    int rc = file_write(&arena, path, &text, err);
    buffer_free(&text);
    arena_free(&arena);
    return rc;
}

static int period_publish(struct generation *generation, struct store *store, day_number from,
                          day_number to, struct error *err)
{
    struct cli scratch = generation->cli;
    char first[16], last[16], period[40];
    day_format(from, first);
    day_format(to, last);
    snprintf(period, sizeof period, "%s..%s", first, last);
    arena_init(&scratch.arena, generation->cli.arena.cap);
    int rc =
        report_publish(&scratch, store, generation->cli.settings.values[OPTION_REPORT_DIR].value,
                       period, NULL, err);
    arena_free(&scratch.arena);
    return rc;
}

static int wanted(struct generation *generation, bool *day, bool *week, struct error *err)
{
    struct cli *cli = &generation->cli;
    const char *const *words;
    size_t n;
    if (settings_words(&cli->arena, &cli->settings, OPTION_REPORTS, &words, &n, err))
        return -1;
    *day = *week = n == 0;
    for (size_t i = 0; i < n; i++) {
        *day = *day || strcmp(words[i], "day") == 0;
        *week = *week || strcmp(words[i], "week") == 0;
    }
    return 0;
}

int reports_write(struct generation *generation, struct store *store, instant now,
                  struct watch_state *state, struct error *err)
{
    day_number yesterday = (day_number)((now - generation->settle_after) / SECONDS_A_DAY) - 1;
    day_number day = state->reported_day == DAY_NONE ? yesterday : state->reported_day + 1;
    bool days, weeks;
    if (!generation->cli.settings.values[OPTION_REPORT_DIR].value || day > yesterday)
        return 0;
    if (wanted(generation, &days, &weeks, err))
        return -1;
    if (day <= yesterday - MOST_DAYS)
        day = yesterday - MOST_DAYS + 1;
    for (; day <= yesterday; day++) {
        if ((days && period_publish(generation, store, day, day, err)) ||
            (weeks && day_weekday(day) == 7 &&
             period_publish(generation, store, day - 6, day, err)))
            return -1;
        state->reported_day = day;
    }
    return 0;
}
