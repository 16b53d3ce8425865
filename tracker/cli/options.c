#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

const struct option_spec option_table[OPTIONS] = {
    [OPTION_HELP] = {"help", 'h', NULL, false, "show this help and exit"},
    [OPTION_VERSION] = {"version", 0, NULL, false, "show the version and exit"},
    [OPTION_CONFIG] = {"config", 'c', "FILE", false,
                       "settings file (default: ./tracker.yml, then the XDG folders)"},
    [OPTION_RULES] = {"rules", 'r', "DIR", true, "folder of the rule files"},
    [OPTION_PLACES] = {"places", 0, "FILE", true, "index of place names"},
    [OPTION_SQL] = {"sql", 0, "DIR", true, "folder of the schema's migrations"},
    [OPTION_DATABASE] = {"database", 'd', "CONNINFO", true,
                         "libpq connection string; PG* variables fill the rest"},
    [OPTION_PUBLISHED] = {"published", 0, "DATE", false,
                          "publication date for reports that give none (ISO 8601)"},
    [OPTION_OUTLET] = {"outlet", 0, "NAME", false, "outlet for reports that name none"},
    [OPTION_QUIET] = {"quiet", 'q', NULL, false, "errors only on standard error"},
    [OPTION_VERBOSE] = {"verbose", 'v', NULL, false, "say more on standard error"},
    [OPTION_JSON] = {"json", 0, NULL, false, "one JSON object a line instead of text"},
    [OPTION_COUNTRY] = {"country", 0, "CODE", false, "only this country (ISO code, e.g. UA)"},
    [OPTION_PLACE] = {"place", 0, "TEXT", false, "only places whose name holds TEXT"},
    [OPTION_FROM] = {"from", 0, "DATE", false, "only on or after this local date"},
    [OPTION_TO] = {"to", 0, "DATE", false, "only on or before this local date"},
    [OPTION_MIN_KILLED] = {"min-killed", 0, "N", false, "only with at least N killed"},
    [OPTION_LIMIT] = {"limit", 'n', "N", false, "at most N rows (default: all)"},
    [OPTION_OUTPUT] = {"output", 'o', "FILE", false, "write to FILE"},
    [OPTION_BATCH] = {"batch", 0, "N", true,
                      "most reports stored in one transaction (default 2000)"},
    [OPTION_JOBS] = {"jobs", 'j', "N", true, "threads that extract, 1 to 64 (default 1)"},
    [OPTION_MISSES] = {"misses", 0, "FIELD[:N]", false,
                       "show N reports (default 20) whose FIELD was read wrong"},
    [OPTION_INCIDENTS] = {"incidents", 0, NULL, false,
                          "score which reports came to one incident, and its numbers"},
    [OPTION_WHY_NOT] = {"why-not", 0, "FIELD=N", false,
                        "tell why the text gives no claim of N to FIELD"},
    [OPTION_LANG] = {"lang", 0, "CODE", false, "language of TEXT (default: detected)"},
    [OPTION_STORED] = {"stored", 0, NULL, false,
                       "read the reports stored in the database, not files"},
    [OPTION_AGAIN] = {"again", 0, NULL, false,
                      "read the stored reports anew with the present rules"},
    [OPTION_SINCE] = {"since", 0, "DATE", false,
                      "with --again: only those published on or after DATE"},
    [OPTION_WHO] = {"who", 0, "NAME", false, "who decides"},
    [OPTION_WHY] = {"why", 0, "TEXT", false, "the reason, for those who come after"},
    [OPTION_REPORT] = {"report", 0, "REF", false, "a report by its id, URL or path, as operand"},
    [OPTION_ESTIMATE] = {"estimate", 0, NULL, false,
                         "print what the weights should be, going by the stored events"},
    [OPTION_REBUILD] = {"rebuild", 0, NULL, false, "recompute all; exit 1 when anything differed"},
    [OPTION_AS_OF_REPORTS] = {"as-of-reports", 0, "TIME", false,
                              "what the reports published up to TIME say (ISO 8601)"},
    [OPTION_CONFLICT] = {"conflict", 0, NULL, false, "only those whose sources differ"},
    [OPTION_COLOR] = {"color", 0, "auto|always|never", true,
                      "colours (default: auto, on a terminal unless NO_COLOR is set)"},
    [OPTION_PERIOD] = {"period", 0, "day|week|month|FROM..TO", false,
                       "the days reported on, both included (default: day)"},
    [OPTION_AS_OF] = {"as-of", 0, "TIME", false,
                      "what we said at TIME (ISO 8601; default: the newest change)"},
    [OPTION_REGION] = {"region", 0, "NAME", false, "only this first-level region"},
    [OPTION_PUBLISH] = {"publish", 0, "DIR", false,
                        "write the report, an index page and a feed of changes into DIR"},
    [OPTION_FORMAT] = {"format", 0, "html|md|txt|json", false, "what to write (default: txt)"},
    [OPTION_EXPORT_FORMAT] = {"format", 0, "csv|figures|hxl|acled|ged|jsonl|geojson|datapackage",
                              false, "what to write (default: csv)"},
    [OPTION_EVERY] = {"every", 0, "TIME", true,
                      "pause between two polls of a feed (default: 10 min)"},
    [OPTION_SETTLE_AFTER] = {"settle-after", 0, "TIME", true,
                             "reconcile a country when nothing came for so long (default: 2 min)"},
    [OPTION_REPORT_DIR] = {"report-dir", 0, "DIR", true,
                           "folder of the situation reports that watch writes (default: none)"},
    [OPTION_REPORTS] = {"reports", 0, "day,week", true, "which of them (default: both)"},
    [OPTION_METRICS_FILE] = {"metrics-file", 0, "FILE", true,
                             "counters of watch as Prometheus text (default: none)"},
    [OPTION_ALLOW_HOST] = {"allow-host", 0, "HOST,...", true,
                           "hosts that may be private machines (default: none)"},
    [OPTION_ONCE] = {"once", 0, NULL, false, "poll every feed once, reconcile, and end"},
    [OPTION_MAN] = {"man", 0, NULL, false, "as a page for man(1)"},
    [OPTION_COMPLETION] = {"completion", 0, "bash|zsh", false,
                           "the shell's completion of verbs and options"},
};

/* getopt_long answers with this base plus the option's id. */
#define ANSWER_BASE 256

static void tables_make(const enum option_id *allowed, struct option *longs, char *shorts)
{
    size_t n = 0, s = 0;
    shorts[s++] = ':';
    for (; allowed[n] != OPTIONS; n++) {
        const struct option_spec *spec = &option_table[allowed[n]];
        longs[n] = (struct option){spec->name, spec->argument ? required_argument : no_argument,
                                   NULL, ANSWER_BASE + (int)allowed[n]};
        if (spec->letter) {
            shorts[s++] = spec->letter;
            if (spec->argument)
                shorts[s++] = ':';
        }
    }
    longs[n] = (struct option){0};
    shorts[s] = '\0';
}

static enum option_id by_letter(const enum option_id *allowed, int letter)
{
    while (*allowed != OPTIONS && option_table[*allowed].letter != letter)
        allowed++;
    return *allowed;
}

int arguments_parse(int argc, char **argv, const enum option_id *allowed, struct arguments *out,
                    struct error *err)
{
    struct option longs[OPTIONS + 1];
    char shorts[2 * OPTIONS + 2];
    *out = (struct arguments){0};
    tables_make(allowed, longs, shorts);
    opterr = 0;
    optind = 0; /* GNU: start afresh */
    int answer;
    while ((answer = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (answer == ':')
            return error_set(err, ERROR_USAGE, "option '%s' needs an argument", argv[optind - 1]);
        if (answer == '?')
            return error_set(err, ERROR_USAGE, "unknown or ambiguous option '%s'",
                             argv[optind - 1]);
        enum option_id id = answer >= ANSWER_BASE ? (enum option_id)(answer - ANSWER_BASE)
                                                  : by_letter(allowed, answer);
        out->value[id] = optarg ? optarg : "";
    }
    out->operands = (const char *const *)argv + optind;
    out->n_operands = (size_t)(argc - optind);
    return 0;
}

void options_help(struct buffer *out, const enum option_id *allowed)
{
    for (; *allowed != OPTIONS; allowed++) {
        const struct option_spec *spec = &option_table[*allowed];
        char left[64];
        int n = snprintf(left, sizeof left, "  %c%c%s --%s%s%s", spec->letter ? '-' : ' ',
                         spec->letter ? spec->letter : ' ', spec->letter ? "," : " ", spec->name,
                         spec->argument ? " " : "", spec->argument ? spec->argument : "");
        buffer_format(out, "%s%*s%s\n", left, n < 28 ? 28 - n : 1, "", spec->help);
    }
}
