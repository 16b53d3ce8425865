#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "pipeline/as_of.h"
#include "report/period.h"
#include "report/sparkline.h"
#include "report/table.h"
#include "store/situation.h"

/* "19", "16-19", "16-19-25", "19+" (at least), "up to 5"; empty when nobody stated a number. */
static struct slice number_cell(struct arena *arena, const struct shown_number *n)
{
    long long low = n->low, best = n->best, high = n->high;
    bool has_low = n->low != COUNT_OPEN, has_best = n->best != COUNT_OPEN,
         has_high = n->high != COUNT_OPEN;
    if (!has_low && !has_best && !has_high)
        return SLICE_NONE;
    if (!has_best && has_low && has_high)
        return arena_format(arena, "%lld-%lld", low, high);
    if (!has_best)
        return has_high ? arena_format(arena, "up to %lld", high)
                        : arena_format(arena, "%lld+", low);
    if (has_low && has_high && low == best && high == best)
        return arena_format(arena, "%lld", best);
    if (has_low && has_high)
        return arena_format(arena, "%lld-%lld-%lld", low, best, high);
    if (has_low)
        return low == best ? arena_format(arena, "%lld+", best)
                           : arena_format(arena, "%lld-%lld+", low, best);
    return arena_format(arena, "about %lld", best);
}

static struct slice place_cell(struct arena *arena, const struct shown_incident *row)
{
    struct slice place = row->place.len ? row->place : SLICE_LITERAL("(unplaced)");
    bool region = row->adm1.len && !slice_equal(row->adm1, row->place);
    bool country = row->country.len != 0;
    return arena_format(arena, "%s%.*s%s%.*s%s%.*s", row->is_child ? "  " : "", SLICE_ARG(place),
                        region ? ", " : "", SLICE_ARG(region ? row->adm1 : SLICE_NONE),
                        country ? ", " : "", SLICE_ARG(row->country));
}

/* Whether the sources of a number differ. */
static bool differs(const struct shown_number *n)
{
    return n->low != COUNT_OPEN && n->low < n->high;
}

static void row_styles(unsigned char *styles, const struct shown_incident *row)
{
    bool contested = slice_is(row->grading, "contested");
    styles[2] = contested || differs(&row->killed) ? STYLE_WARN : STYLE_STRONG;
    styles[3] = contested || differs(&row->wounded) ? STYLE_WARN : STYLE_PLAIN;
    styles[7] = STYLE_FAINT;
}

/* By --color, else on a terminal that takes it (https://no-color.org). */
static int wants_color(const struct cli *cli, bool *out, struct error *err)
{
    const char *asked = cli->settings.values[OPTION_COLOR].value;
    const char *refused = getenv("NO_COLOR"), *term = getenv("TERM");
    *out = isatty(STDOUT_FILENO) && !(refused && *refused) && !(term && strcmp(term, "dumb") == 0);
    if (!asked || strcmp(asked, "auto") == 0)
        return 0;
    *out = strcmp(asked, "always") == 0;
    return *out || strcmp(asked, "never") == 0
               ? 0
               : error_set(err, ERROR_CONFIG, "color: expected auto, always or never, got '%s'",
                           asked);
}

static int show_table(struct cli *cli, const struct shown_incident *rows, size_t n,
                      struct error *err)
{
    static const struct table_column columns[] = {
        {"Place", TABLE_LEFT, 34},
        {"Date", TABLE_LEFT, 10},
        {"Killed", TABLE_RIGHT, 12},
        {"Wounded", TABLE_RIGHT, 12},
        {"Drones", TABLE_RIGHT, 12},
        {"Missiles", TABLE_RIGHT, 12},
        {"Toll", TABLE_LEFT, SPARKLINE_MOST},
        {"Said by", TABLE_LEFT, 40},
        {"Reports", TABLE_RIGHT, 7},
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    struct slice *cells = ARENA_ARRAY(&cli->arena, struct slice, n * COLUMNS);
    unsigned char *styles = ARENA_ARRAY(&cli->arena, unsigned char, n *COLUMNS);
    bool color;
    if (!cells || !styles)
        return arena_full(&cli->arena, err);
    if (wants_color(cli, &color, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        const struct shown_incident *row = &rows[i];
        struct slice *cell = &cells[i * COLUMNS];
        cell[0] = place_cell(&cli->arena, row);
        cell[1] = row->local_date.len ? row->local_date : SLICE_LITERAL("unknown");
        cell[2] = number_cell(&cli->arena, &row->killed);
        cell[3] = number_cell(&cli->arena, &row->wounded);
        cell[4] = number_cell(&cli->arena, &row->drones);
        cell[5] = number_cell(&cli->arena, &row->missiles);
        cell[6] = sparkline(&cli->arena, row->series);
        cell[7] = row->sources;
        cell[8] = arena_format(&cli->arena, "%lld", (long long)row->n_reports);
        row_styles(&styles[i * COLUMNS], row);
    }
    table_write_styled(&cli->out, columns, COLUMNS, cells, color ? styles : NULL, n);
    return EXIT_OK;
}

static void json_number(struct json_writer *json, const char *key, const struct shown_number *n)
{
    const struct {
        const char *key;
        int64_t value;
    } ends[] = {{"low", n->low}, {"best", n->best}, {"high", n->high}};
    json_key(json, key);
    if (n->low == COUNT_OPEN && n->best == COUNT_OPEN && n->high == COUNT_OPEN) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    for (size_t i = 0; i < 3; i++) {
        json_key(json, ends[i].key);
        if (ends[i].value == COUNT_OPEN)
            json_null(json);
        else
            json_int(json, ends[i].value);
    }
    json_close(json, '}');
}

static int show_json(struct cli *cli, const struct shown_incident *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct shown_incident *row = &rows[i];
        const struct {
            const char *key;
            struct slice value;
        } texts[] = {
            {"incident_id", row->incident_id},
            {"place", row->place},
            {"adm1", row->adm1},
            {"country", row->country},
            {"local_date", row->local_date},
            {"scope", row->scope},
            {"grading", row->grading},
            {"sources", row->sources},
        };
        struct json_writer json;
        json_start(&json, &cli->out);
        json_open(&json, '{');
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            json_key(&json, texts[k].key);
            json_slice(&json, texts[k].value);
        }
        json_number(&json, "killed", &row->killed);
        json_number(&json, "wounded", &row->wounded);
        json_number(&json, "drones", &row->drones);
        json_number(&json, "missiles", &row->missiles);
        json_key(&json, "n_reports");
        json_int(&json, row->n_reports);
        json_close(&json, '}');
        buffer_add_char(&cli->out, '\n');
    }
    return EXIT_OK;
}

static int date_option(const struct cli *cli, enum option_id id, const char **out,
                       struct error *err)
{
    struct stamp stamp;
    struct error why;
    *out = cli->arguments.value[id];
    if (*out && stamp_parse(slice_of(*out), &stamp, &why))
        return error_set(err, ERROR_USAGE, "--%s: %s", option_table[id].name, why.text);
    return 0;
}

/* --period names the days that --from and --to would. */
static int period_option(struct cli *cli, struct store *store, struct incident_filter *filter,
                         struct error *err)
{
    const char *asked = cli->arguments.value[OPTION_PERIOD];
    struct period period;
    struct slice as_of;
    day_number anchor;
    char *days = asked ? arena_calloc(&cli->arena, 2, 16) : NULL;
    if (!asked)
        return 0;
    if (!days)
        return arena_full(&cli->arena, err);
    if (situation_moment(store, &cli->arena, NULL, &as_of, &anchor, err) ||
        period_parse(asked, anchor, &period, err))
        return -1;
    day_format(period.from, days);
    day_format(period.to, days + 16);
    filter->from = days;
    filter->to = days + 16;
    return 0;
}

int cmd_incidents(struct cli *cli, struct error *err)
{
    struct incident_filter filter = {.country = cli->arguments.value[OPTION_COUNTRY],
                                     .place = cli->arguments.value[OPTION_PLACE],
                                     .conflict = cli->arguments.value[OPTION_CONFLICT] != NULL};
    struct shown_incident *rows;
    struct store *store;
    size_t n;
    int64_t limit;
    instant until;
    struct weights weights;
    if (cli->arguments.n_operands)
        return error_set(err, ERROR_USAGE, "incidents takes no operands");
    if (cli->arguments.value[OPTION_PERIOD] &&
        (cli->arguments.value[OPTION_FROM] || cli->arguments.value[OPTION_TO]))
        return error_set(err, ERROR_USAGE,
                         "--period and --from, --to name the same days: give one");
    if (date_option(cli, OPTION_FROM, &filter.from, err) ||
        date_option(cli, OPTION_TO, &filter.to, err) ||
        option_number(cli, OPTION_MIN_KILLED, &filter.min_killed, err) ||
        option_number(cli, OPTION_LIMIT, &limit, err) || option_until(cli, &until, err) ||
        (until != INSTANT_NONE && weights_open(cli, &weights, err)) ||
        database_open(cli, &store, err))
        return -1;
    filter.limit = limit > INT32_MAX ? INT32_MAX : (int)limit;
    int result = period_option(cli, store, &filter, err);
    if (result == 0)
        result = until == INSTANT_NONE
                     ? store_list_incidents(store, &cli->arena, &filter, &rows, &n, err)
                     : recall_list(store, &cli->arena, &weights, &filter, until, &rows, &n, err);
    store_close(store);
    if (result)
        return -1;
    return cli->arguments.value[OPTION_JSON] ? show_json(cli, rows, n)
                                             : show_table(cli, rows, n, err);
}
