#include <stdio.h>
#include <time.h>

#include "cli/cli.h"
#include "store/feeds.h"

/* A feed is silent when it failed so often in a row, or had nothing new for so many times its usual
 * gap, and a day at least; for a week, where the gap is not known. */
#define SILENT_FAILURES 3
#define SILENT_GAPS 3
#define SECONDS_A_DAY 86400
#define SILENT_UNKNOWN (7 * SECONDS_A_DAY)

/* One line of the findings: "ok" or "FAULT", what was looked at, what was found. */
static void line(struct cli *cli, bool ok, const char *what, const char *found)
{
    buffer_format(&cli->out, "%-6s%-13s%s\n", ok ? "ok" : "FAULT", what, found);
}

static bool check_settings(struct cli *cli)
{
    for (enum option_id id = 0; id < OPTIONS; id++) {
        const struct setting_value *setting = &cli->settings.values[id];
        if (option_table[id].setting)
            buffer_format(&cli->out, "%-6s%-13s%s (%s)\n", "", option_table[id].name,
                          setting->value ? (id == OPTION_DATABASE ? "(given)" : setting->value)
                                         : "not set",
                          setting_origin_names[setting->origin]);
    }
    buffer_format(&cli->out, "%-6s%-13s%s\n", "", "config",
                  cli->settings.config_file ? cli->settings.config_file : "none");
    buffer_format(&cli->out, "%-6s%-13s%zu\n", "", "feeds", cli->settings.n_feeds);
    return true;
}

static bool check_rules(struct cli *cli)
{
    struct diagnostics findings;
    struct ruleset *ruleset;
    struct error why = {0};
    char hex[2 * DIGEST_SIZE + 1], text[1024];
    diagnostics_init(&findings, &cli->arena);
    if (ruleset_load(&ruleset, cli->settings.values[OPTION_RULES].value, &findings, &why)) {
        error_describe(&why, text, sizeof text);
        line(cli, false, "rules", text);
        buffer_format(&cli->out, "%-19s%zu errors; 'tracker rules check' shows them\n", "",
                      findings.n_errors);
        return false;
    }
    digest_hex(&ruleset->digest, hex);
    buffer_format(&cli->out, "%-6s%-13s%zu rules, %zu languages, sha256 %.16s\n", "ok", "rules",
                  ruleset->n_rules, ruleset->n_languages, hex);
    ruleset_free(ruleset);
    return true;
}

static bool check_places(struct cli *cli)
{
    struct gazetteer *gazetteer;
    struct error why = {0};
    if (gazetteer_open(&gazetteer, cli->settings.values[OPTION_PLACES].value, &why)) {
        line(cli, false, "places", why.text);
        return false;
    }
    gazetteer_free(gazetteer);
    line(cli, true, "places", cli->settings.values[OPTION_PLACES].value);
    return true;
}

static bool check_schema(struct cli *cli, struct store *store)
{
    struct migration_status status;
    struct error why = {0};
    if (store_check(store, cli->settings.values[OPTION_SQL].value, &status, &why)) {
        line(cli, false, "schema", why.text);
        return false;
    }
    buffer_format(&cli->out, "%-6s%-13sversion %d\n", "ok", "schema", status.schema_version);
    return true;
}

/* "10 days", "1 hour": in its largest unit, rounded down. */
static const char *span_text(char out[32], int64_t seconds)
{
    static const struct {
        int64_t seconds;
        const char *name;
    } units[] = {{SECONDS_A_DAY, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    size_t i = 0;
    while (i + 1 < sizeof units / sizeof *units && seconds < units[i].seconds)
        i++;
    int64_t n = seconds / units[i].seconds;
    snprintf(out, 32, "%lld %s%s", (long long)n, units[i].name, n == 1 ? "" : "s");
    return out;
}

static void check_feed(struct cli *cli, const struct feed_state *feed, instant now)
{
    char since[32], gap[32];
    int64_t most = feed->usual_gap ? SILENT_GAPS * feed->usual_gap : SILENT_UNKNOWN;
    if (feed->failures >= SILENT_FAILURES || (feed->failures && feed->polled_at == INSTANT_NONE)) {
        buffer_format(&cli->out, "SILENT feed %.*s: failed %lld times in a row, %s%s: %.*s\n",
                      SLICE_ARG(feed->url), (long long)feed->failures,
                      feed->polled_at == INSTANT_NONE ? "never answered" : "last answer before ",
                      feed->polled_at == INSTANT_NONE ? ""
                                                      : span_text(since, now - feed->polled_at),
                      SLICE_ARG(feed->last_error));
        return;
    }
    if (feed->new_at == INSTANT_NONE ||
        now - feed->new_at <= (most > SECONDS_A_DAY ? most : SECONDS_A_DAY))
        return;
    buffer_format(&cli->out, "SILENT feed %.*s: nothing new for %s", SLICE_ARG(feed->url),
                  span_text(since, now - feed->new_at));
    if (feed->usual_gap)
        buffer_format(&cli->out, ", usually every %s", span_text(gap, feed->usual_gap));
    buffer_add_char(&cli->out, '\n');
}

/* How watch fares, and which feeds of the settings are silent: news, not faults of this machine. */
static bool check_watch(struct cli *cli, struct store *store)
{
    struct feed_state *feeds;
    struct watch_state state;
    struct error why = {0};
    char since[32];
    size_t n;
    instant now = time(NULL);
    if (feeds_load(store, &cli->arena, &feeds, &n, &why) || watch_state_load(store, &state, &why)) {
        line(cli, false, "watch", why.text);
        return false;
    }
    if (state.heartbeat_at)
        buffer_format(&cli->out, "%-6s%-13slast heartbeat %s ago\n", "", "watch",
                      span_text(since, now - state.heartbeat_at));
    for (size_t i = 0; i < cli->settings.n_feeds; i++)
        for (size_t k = 0; k < n; k++)
            if (slice_equal(cli->settings.feeds[i].url, feeds[k].url))
                check_feed(cli, &feeds[k], now);
    return true;
}

static bool check_database(struct cli *cli, struct error *err)
{
    struct store *store;
    struct store_info info;
    struct error why = {0};
    if (store_open(&store, cli->settings.values[OPTION_DATABASE].value, &why)) {
        line(cli, false, "database", why.text);
        *err = why;
        return false;
    }
    bool ok = store_describe(store, &cli->arena, &info, &why) == 0;
    if (ok)
        buffer_format(
            &cli->out,
            "%-6s%-13sPostgreSQL %.*s, libpq %.*s, database %.*s as %.*s on %.*s port %.*s\n", "ok",
            "database", SLICE_ARG(info.server_version), SLICE_ARG(info.libpq_version),
            SLICE_ARG(info.database), SLICE_ARG(info.role), SLICE_ARG(info.host),
            SLICE_ARG(info.port));
    else
        line(cli, false, "database", why.text);
    ok = ok && check_schema(cli, store) && check_watch(cli, store);
    store_close(store);
    return ok;
}

int cmd_doctor(struct cli *cli, struct error *err)
{
    if (cli->arguments.n_operands)
        return error_set(err, ERROR_USAGE, "doctor takes no operands");
    buffer_format(&cli->out, "%-6s%-13s%s\n", "", "tracker", TRACKER_VERSION);
    bool ok = check_settings(cli);
    ok = check_rules(cli) && ok;
    ok = check_places(cli) && ok;
    ok = check_database(cli, err) && ok;
    return ok ? EXIT_OK : EXIT_FATAL;
}
