#include "base/log.h"
#include "cli/cli.h"
#include "pipeline/again.h"
#include "pipeline/claim_changes.h"
#include "read/reader.h"

/* Reports of one page of the store. */
#define PAGE_REPORTS 500
#define PAGE_MEMORY ((size_t)2 << 30)

struct diff {
    struct cli *cli;
    struct ruleset *rulesets[2]; /* OLD, NEW */
    struct gazetteer *gazetteer;
    struct arena arena; /* of one report */
    int64_t n_reports, n_changed, n_rejected;
    int64_t counts[CLAIM_CHANGE_KINDS];
};

static void number_text(struct buffer *out, const struct count *count)
{
    const int64_t ends[] = {count->low, count->best, count->high};
    buffer_add_text(out, qualifier_names[count->qualifier]);
    for (size_t i = 0; i < 3; i++) {
        buffer_add_char(out, i ? '/' : ' ');
        if (ends[i] == COUNT_OPEN)
            buffer_add_char(out, '-');
        else
            buffer_add_int(out, ends[i]);
    }
}

/* "exact 19/19/19, figure, said by Reuters, by rule-name" */
static void claim_text(struct buffer *out, const struct claim *claim)
{
    number_text(out, &claim->count);
    buffer_format(out, ", %s", claim_role_names[claim->role]);
    if (claim->doubt != DOUBT_NONE)
        buffer_format(out, ", %s", doubt_names[claim->doubt]);
    if (claim->claimant)
        buffer_format(out, ", said by %.*s", SLICE_ARG(claim->claimant->name));
    buffer_format(out, ", by %.*s", SLICE_ARG(claim->rule->name));
}

static void change_text(struct buffer *out, const struct schema *schema,
                        const struct report *report, const struct claim_change *change)
{
    static const char signs[CLAIM_CHANGE_KINDS] = {
        [CLAIM_GAINED] = '+', [CLAIM_LOST] = '-', [CLAIM_ALTERED] = '~'};
    const struct claim *claim = change->new ? change->new : change->old;
    const struct schema_field *field = &schema->fields[claim->field];
    buffer_format(out, "%c %.*s %.*s", signs[change->kind], SLICE_ARG(report->id),
                  SLICE_ARG(field->name));
    if (claim->part != SCHEMA_NONE)
        buffer_format(out, ".%.*s", SLICE_ARG(field->parts[claim->part]));
    buffer_add_text(out, " '");
    for (uint32_t i = claim->start; i < claim->end; i++)
        buffer_add_char(out, report->text.ptr[i] == '\n' ? ' ' : report->text.ptr[i]);
    buffer_add_text(out, "': ");
    if (change->old)
        claim_text(out, change->old);
    if (change->old && change->new)
        buffer_add_text(out, " -> ");
    if (change->new)
        claim_text(out, change->new);
    buffer_add_char(out, '\n');
}

static void bound_json(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    if (value == COUNT_OPEN)
        json_null(json);
    else
        json_int(json, value);
}

static void claim_json(struct json_writer *json, const char *key, const struct report *report,
                       const struct claim *claim)
{
    json_key(json, key);
    if (!claim) {
        json_null(json);
        return;
    }
    json_open(json, '{');
    bound_json(json, "low", claim->count.low);
    bound_json(json, "best", claim->count.best);
    bound_json(json, "high", claim->count.high);
    const struct {
        const char *key;
        struct slice value;
    } texts[] = {
        {"qualifier", slice_of(qualifier_names[claim->count.qualifier])},
        {"role", slice_of(claim_role_names[claim->role])},
        {"doubt", claim->doubt == DOUBT_NONE ? SLICE_NONE : slice_of(doubt_names[claim->doubt])},
        {"claimant", claim->claimant ? claim->claimant->name : SLICE_NONE},
        {"rule", claim->rule->name},
        {"text", slice_sub(report->text, claim->start, claim->end - claim->start)},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_key(json, texts[i].key);
        json_slice(json, texts[i].value);
    }
    bound_json(json, "start", claim->start);
    bound_json(json, "end", claim->end);
    json_close(json, '}');
}

static void change_json(struct buffer *out, const struct schema *schema,
                        const struct report *report, const struct claim_change *change)
{
    const struct claim *claim = change->new ? change->new : change->old;
    const struct schema_field *field = &schema->fields[claim->field];
    struct json_writer json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "change");
    json_text(&json, claim_change_names[change->kind]);
    json_key(&json, "report");
    json_slice(&json, report->id);
    json_key(&json, "field");
    json_slice(&json, field->name);
    json_key(&json, "part");
    json_slice(&json, claim->part == SCHEMA_NONE ? SLICE_NONE : field->parts[claim->part]);
    claim_json(&json, "old", report, change->old);
    claim_json(&json, "new", report, change->new);
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}

static void summary(const struct diff *diff)
{
    struct buffer *out = &diff->cli->out;
    struct json_writer json;
    if (!diff->cli->arguments.value[OPTION_JSON]) {
        buffer_format(out, "%lld gained, %lld lost, %lld altered in %lld of %lld reports\n",
                      (long long)diff->counts[CLAIM_GAINED], (long long)diff->counts[CLAIM_LOST],
                      (long long)diff->counts[CLAIM_ALTERED], (long long)diff->n_changed,
                      (long long)diff->n_reports);
        return;
    }
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "change");
    json_text(&json, "total");
    for (int i = 0; i < CLAIM_CHANGE_KINDS; i++) {
        json_key(&json, claim_change_names[i]);
        json_int(&json, diff->counts[i]);
    }
    json_key(&json, "reports_changed");
    json_int(&json, diff->n_changed);
    json_key(&json, "reports");
    json_int(&json, diff->n_reports);
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}

static void changes_show(struct diff *diff, const struct report *report,
                         const struct claim_change *changes, size_t n)
{
    bool as_json = diff->cli->arguments.value[OPTION_JSON];
    diff->n_changed += n != 0;
    for (size_t i = 0; i < n; i++) {
        /* A claim's field is told by the schema of the rule set that made it. */
        const struct schema *schema = &diff->rulesets[changes[i].new != NULL]->schema;
        diff->counts[changes[i].kind]++;
        (as_json ? change_json : change_text)(&diff->cli->out, schema, report, &changes[i]);
    }
}

/* Both readings of one report, in diff->arena. One too large to be read is passed over with a
 * warning. */
static int report_diff(struct diff *diff, const struct report *report, struct error *err)
{
    struct extraction extractions[2];
    struct claim_change *changes;
    size_t n;
    for (int i = 0; i < 2; i++) {
        const struct extractor extractor = {diff->rulesets[i], diff->gazetteer};
        struct error why = {0};
        if (extract_report(&extractor, &diff->arena, report, &extractions[i], &why)) {
            log_write(LOG_WARN, "%.*s: %s", SLICE_ARG(report->id), why.text);
            diff->n_rejected++;
            return 0;
        }
    }
    const struct reading_of_report old = {&diff->rulesets[0]->schema, &extractions[0]};
    const struct reading_of_report new = {&diff->rulesets[1]->schema, &extractions[1]};
    if (claims_compare(&diff->arena, &old, &new, &changes, &n, err))
        return -1;
    diff->n_reports++;
    changes_show(diff, report, changes, n);
    return diff->cli->out.len >= OUTPUT_PIECE ? cli_flush(diff->cli, err) : 0;
}

static int files_diff(struct diff *diff, struct error *err)
{
    /* reading_start reads the operands: those after the two folders. */
    struct reading reading = {0};
    struct report report;
    int got = reading_start(diff->cli, &reading, err) ? -1 : 1;
    while (got > 0 && !stop_signal) {
        arena_reset(&diff->arena);
        got = reader_next(reading.reader, &diff->arena, &report, err);
        if (got < 0 && err->code == ERROR_INTERRUPTED)
            got = 1;
        else if (got > 0 && report.rejected) {
            log_error(LOG_WARN, &report.problem);
            diff->n_rejected++;
        } else if (got > 0 && report_diff(diff, &report, err))
            got = -1;
    }
    reader_free(reading.reader);
    return got < 0 ? -1 : 0;
}

static int stored_diff(struct diff *diff, struct error *err)
{
    struct report_walk walk = {.since = INSTANT_NONE};
    struct stored_report *page;
    struct store *store;
    struct arena arena;
    size_t n;
    int got = 1;
    if (database_open(diff->cli, &store, err))
        return -1;
    arena_init(&arena, PAGE_MEMORY);
    while (got > 0 && !stop_signal) {
        arena_reset(&arena);
        got = store_reports_page(store, &arena, &walk, PAGE_REPORTS, &page, &n, err);
        for (size_t i = 0; got > 0 && i < n && !stop_signal; i++) {
            struct report report;
            arena_reset(&diff->arena);
            report_restore(&page[i], &report);
            if (report_diff(diff, &report, err))
                got = -1;
        }
    }
    arena_free(&arena);
    store_close(store);
    return got < 0 ? -1 : 0;
}

static int diff_run(struct diff *diff, struct error *err)
{
    struct cli *cli = diff->cli;
    const char *const *folders = cli->arguments.operands + 1;
    struct error why;
    if (ruleset_open(cli, folders[0], &diff->rulesets[0], err) ||
        ruleset_open(cli, folders[1], &diff->rulesets[1], err))
        return -1;
    if (gazetteer_open(&diff->gazetteer, cli->settings.values[OPTION_PLACES].value, &why))
        return error_set(err, ERROR_CONFIG, "%s (make the index with 'tracker places import')",
                         why.text);
    cli->arguments.operands += 3;
    cli->arguments.n_operands -= 3;
    if (cli->arguments.value[OPTION_STORED] ? stored_diff(diff, err) : files_diff(diff, err))
        return -1;
    summary(diff);
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return diff->n_rejected ? EXIT_REJECTED : EXIT_OK;
}

int rules_diff(struct cli *cli, struct error *err)
{
    struct diff diff = {.cli = cli};
    if (cli->arguments.n_operands < 3)
        return error_set(err, ERROR_USAGE, "rules diff takes two folders of rules, OLD and NEW");
    if (cli->arguments.value[OPTION_STORED] && cli->arguments.n_operands > 3)
        return error_set(err, ERROR_USAGE, "rules diff reads files or --stored reports, not both");
    arena_init(&diff.arena, REPORT_MEMORY);
    int code = diff_run(&diff, err);
    arena_free(&diff.arena);
    gazetteer_free(diff.gazetteer);
    ruleset_free(diff.rulesets[0]);
    ruleset_free(diff.rulesets[1]);
    return code;
}
