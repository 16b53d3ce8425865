/* The verbs: what each takes, what its help says, which function runs it. */
#include <string.h>

#include "cli/cli.h"

static const enum option_id help_options[] = {OPTION_MAN,   OPTION_COMPLETION, OPTION_CONFIG,
                                              OPTION_QUIET, OPTION_VERBOSE,    OPTION_HELP,
                                              OPTIONS};
static const enum option_id init_options[] = {
    OPTION_DATABASE, OPTION_SQL, OPTION_CONFIG, OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP, OPTIONS};
static const enum option_id doctor_options[] = {
    OPTION_DATABASE, OPTION_RULES, OPTION_PLACES,  OPTION_SQL,  OPTION_BATCH, OPTION_JOBS,
    OPTION_CONFIG,   OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP, OPTIONS};
static const enum option_id extract_options[] = {
    OPTION_PUBLISHED, OPTION_OUTLET, OPTION_ALLOW_HOST, OPTION_JOBS, OPTION_RULES, OPTION_PLACES,
    OPTION_CONFIG,    OPTION_QUIET,  OPTION_VERBOSE,    OPTION_HELP, OPTIONS};
static const enum option_id ingest_options[] = {
    OPTION_PUBLISHED, OPTION_OUTLET,  OPTION_ALLOW_HOST, OPTION_DATABASE,
    OPTION_RULES,     OPTION_PLACES,  OPTION_SQL,        OPTION_BATCH,
    OPTION_JOBS,      OPTION_AGAIN,   OPTION_SINCE,      OPTION_CONFIG,
    OPTION_QUIET,     OPTION_VERBOSE, OPTION_HELP,       OPTIONS};
static const enum option_id incidents_options[] = {
    OPTION_COUNTRY,    OPTION_PLACE,    OPTION_FROM,     OPTION_TO,    OPTION_PERIOD,
    OPTION_MIN_KILLED, OPTION_CONFLICT, OPTION_COLOR,    OPTION_LIMIT, OPTION_AS_OF_REPORTS,
    OPTION_JSON,       OPTION_RULES,    OPTION_DATABASE, OPTION_SQL,   OPTION_CONFIG,
    OPTION_QUIET,      OPTION_VERBOSE,  OPTION_HELP,     OPTIONS};
static const enum option_id rules_options[] = {
    OPTION_JSON,   OPTION_WHY_NOT,   OPTION_LANG,   OPTION_LIMIT,    OPTION_STORED, OPTION_RULES,
    OPTION_PLACES, OPTION_PUBLISHED, OPTION_OUTLET, OPTION_DATABASE, OPTION_SQL,    OPTION_CONFIG,
    OPTION_QUIET,  OPTION_VERBOSE,   OPTION_HELP,   OPTIONS};
static const enum option_id eval_options[] = {
    OPTION_MISSES, OPTION_INCIDENTS, OPTION_LIMIT,   OPTION_JSON, OPTION_RULES, OPTION_PLACES,
    OPTION_CONFIG, OPTION_QUIET,     OPTION_VERBOSE, OPTION_HELP, OPTIONS};
static const enum option_id places_options[] = {OPTION_OUTPUT, OPTION_PLACES,  OPTION_CONFIG,
                                                OPTION_QUIET,  OPTION_VERBOSE, OPTION_HELP,
                                                OPTIONS};

static const enum option_id explain_options[] = {
    OPTION_AS_OF_REPORTS, OPTION_JSON,  OPTION_RULES,   OPTION_DATABASE, OPTION_SQL,
    OPTION_CONFIG,        OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP,     OPTIONS};
static const enum option_id report_options[] = {
    OPTION_PERIOD, OPTION_AS_OF,    OPTION_AS_OF_REPORTS, OPTION_COUNTRY,
    OPTION_REGION, OPTION_FORMAT,   OPTION_OUTPUT,        OPTION_PUBLISH,
    OPTION_RULES,  OPTION_DATABASE, OPTION_SQL,           OPTION_CONFIG,
    OPTION_QUIET,  OPTION_VERBOSE,  OPTION_HELP,          OPTIONS};
static const enum option_id export_options[] = {
    OPTION_EXPORT_FORMAT, OPTION_PERIOD,   OPTION_AS_OF, OPTION_COUNTRY, OPTION_REGION,
    OPTION_OUTPUT,        OPTION_DATABASE, OPTION_SQL,   OPTION_CONFIG,  OPTION_QUIET,
    OPTION_VERBOSE,       OPTION_HELP,     OPTIONS};
static const enum option_id decide_options[] = {
    OPTION_WHO,     OPTION_WHY,   OPTION_REPORT, OPTION_JSON,   OPTION_DATABASE,
    OPTION_PLACES,  OPTION_RULES, OPTION_SQL,    OPTION_CONFIG, OPTION_QUIET,
    OPTION_VERBOSE, OPTION_HELP,  OPTIONS};
static const enum option_id reconcile_options[] = {
    OPTION_REBUILD, OPTION_ESTIMATE, OPTION_RULES,   OPTION_DATABASE, OPTION_SQL,
    OPTION_CONFIG,  OPTION_QUIET,    OPTION_VERBOSE, OPTION_HELP,     OPTIONS};

static const enum option_id watch_options[] = {
    OPTION_ONCE,    OPTION_EVERY,        OPTION_SETTLE_AFTER, OPTION_REPORT_DIR,
    OPTION_REPORTS, OPTION_METRICS_FILE, OPTION_ALLOW_HOST,   OPTION_RULES,
    OPTION_PLACES,  OPTION_SQL,          OPTION_DATABASE,     OPTION_CONFIG,
    OPTION_QUIET,   OPTION_VERBOSE,      OPTION_HELP,         OPTIONS};

const struct command command_table[] = {
    {"help", "start", "this list, or all about one verb", "[VERB] [OPTIONS]", NULL,
     "Tells what a verb does and what it takes. The manual pages and the completions that `make "
     "install`\n"
     "puts in place are made by --man and --completion, from the same tables.",
     help_options, cmd_help},
    {"init", "start", "create or upgrade the schema", "[OPTIONS]", NULL,
     "Creates the schemas tracker (base tables) and strikes (published views) and the roles, or "
     "upgrades\n"
     "them to this program's version. Changes nothing when they are up to date.",
     init_options, cmd_init},
    {"doctor", "start", "versions, connection, rules, where each setting came from", "[OPTIONS]",
     NULL,
     "Checks what a run needs and says what to do about each fault. Exit 1 when it found one.",
     doctor_options, cmd_doctor},
    {"extract", "read", "claims and events as JSON lines, no database", "[OPTIONS] [PATH...]", NULL,
     "Prints one JSON object a report, in input order. A PATH is a file (text, a page, a feed, "
     "JSON\n"
     "lines), a folder, '-' for standard input, which is the default, or an address of the web\n"
     "(https://...), read live with the pages behind a feed's items.",
     extract_options, cmd_extract},
    {"ingest", "read", "the same into the database, reconciled", "[OPTIONS] [PATH...]", NULL,
     "Stores reports, claims and events, reconciles them into incidents, and prints\n"
     "'N reports, M incidents, K rows changed'. Reading the same input again changes no row. After "
     "a\n"
     "change of the rules, --again reads what is stored with the new ones.",
     ingest_options, cmd_ingest},
    {"watch", "read", "poll feeds, ingest what is new, settle, report: day and night", "[OPTIONS]",
     NULL,
     "Polls the feeds of the settings file, fetches what they link to, stores what is new or "
     "changed, and\n"
     "settles a country when nothing came for a while. It waits for a database or network that is "
     "away and\n"
     "goes on where it was. SIGHUP reads rules, places and settings anew, after their examples "
     "hold, or\n"
     "keeps the old; SIGTERM ends it after the report at hand, exit 0. With --once it ends after "
     "one round,\n"
     "exit 3 when a feed, page or report could not be read.",
     watch_options, cmd_watch},
    {"incidents", "look", "table of incidents", "[OPTIONS]", NULL,
     "One row an incident, newest first; low-best-high where the sources leave a range; how the "
     "toll "
     "grew\n"
     "as small bars. "
     "--as-of-reports\n"
     "tells what the reports published up to a time say; what we said at a time is in SQL,\n"
     "strikes.incidents_as_of(t).",
     incidents_options, cmd_incidents},
    {"explain", "look", "why an incident or a figure is what it is, down to the sentence",
     "INCIDENT [FIELD] [OPTIONS]", NULL,
     "INCIDENT is an id, also one merged since, or the id of a report about it; FIELD is one such "
     "as\n"
     "killed or killed/child. Shows each figure with the policy rule that chose it and every "
     "claim\n"
     "about it (* gives it, + counts), and why the events are one, in bits that add up.",
     explain_options, cmd_explain},
    {"report", "look", "situation report of a day, a week, a month", "[OPTIONS]", NULL,
     "Key figures with their ranges and the change since the period before, waves, regions, "
     "parts,\n"
     "revisions, doubts, gaps, sources, method, and every incident with its sentences. It depends "
     "on the\n"
     "period and the moment alone: the same two give the same bytes next year. A length is "
     "counted\n"
     "from the day of the newest report known at that moment, never from the clock.",
     report_options, cmd_report},
    {"export", "look", "csv, geojson, hxl, jsonl and more, for other programs", "[OPTIONS]", NULL,
     "Writes the incidents as we said them at a moment: csv (the columns of strikes.incidents), "
     "figures\n"
     "(one row a figure, with its sentence), hxl, jsonl, geojson, and the columns of ACLED and of "
     "UCDP GED;\n"
     "datapackage writes all of them into the folder of -o, with a datapackage.json that says what "
     "each\n"
     "column means and what differs from the data sets whose names it bears.",
     export_options, cmd_export},
    {"decide", "judge", "same, different, place, pin, reject, retract, list",
     "same|different A B | place A PLACE | pin CLAIM | reject A | retract DECISION | list",
     "same different place pin reject retract list",
     "Records a word that outlives new rules and rebuilds, and settles. A and B are the id of an\n"
     "incident, an event or a claim, or report:REF; --report REF stands for the first. same and\n"
     "different join and part strikes; place says where; pin makes a claim its figure; reject\n"
     "takes out a claim, an event, an incident or a whole report; retract takes a decision back.\n"
     "A decision that earlier ones contradict is refused with these, exit 1.",
     decide_options, cmd_decide},
    {"reconcile", "judge", "settle now; --rebuild recomputes all", "[OPTIONS] [LABELLED...]", NULL,
     "Reconciles what is waiting. With --rebuild every country is computed anew and compared row\n"
     "by row; what differed is put right and said, with exit 1. With --estimate nothing changes: "
     "the\n"
     "weights are estimated from the stored events, by the labels of LABELLED (JSON lines whose\n"
     "\"gold\" has an \"incident_id\") or without any, and printed beside those of reconcile.yml.",
     reconcile_options, cmd_reconcile},
    {"rules", "rules", "check, test, explain TEXT, coverage, diff",
     "check|test [DIR] | explain TEXT | coverage [PATH...] | diff OLD NEW [PATH...] [OPTIONS]",
     "check test explain coverage diff",
     "check reads the rule files and runs their examples, printing every error and warning; test "
     "prints\n"
     "the count of examples as well; explain shows how a text is read: tokens, values, the rules "
     "tried,\n"
     "how far each got, and which won, and with --why-not killed=19 what kept a number from being "
     "read;\n"
     "coverage lists the sentences that name casualties or weapons beside a number and give no "
     "claim,\n"
     "the most frequent shape first; diff says which claims of the given or stored reports a "
     "change from\n"
     "the rules of folder OLD to those of NEW gains (+), loses (-) and alters (~).",
     rules_options, cmd_rules},
    {"eval", "rules", "score the rules on labelled reports", "[OPTIONS] FILE...", NULL,
     "Compares what the rules read with what coders wrote under \"gold\" in each line of a JSON "
     "lines\n"
     "file. exact: share of the numbers above 0 that are read right; precision: share of the "
     "numbers read\n"
     "that are right; false: share of the reports without any for which a number was read; then "
     "the\n"
     "rules that gave wrong numbers, the worst first. With --incidents: how far the reports of "
     "one\n"
     "labelled incident_id come to one incident, and only those; how many incidents have the "
     "labelled\n"
     "number, and the sums; --misses pairs prints what was wrongly joined or parted, and why.",
     eval_options, cmd_eval},
    {"places", "rules", "import GeoNames files, look a name up",
     "import [--output FILE] [PATH...] | find NAME", "import find",
     "import makes the index of place names from files in GeoNames columns (default: "
     "rules/places); find\n"
     "shows what a name may mean.",
     places_options, cmd_places},
};
const size_t n_commands = sizeof command_table / sizeof *command_table;

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < n_commands; i++)
        if (strcmp(command_table[i].name, name) == 0)
            return &command_table[i];
    return NULL;
}
