#include <limits.h>
#include <stdlib.h>

#include "base/log.h"
#include "read/feed_xml.h"
#include "read/gdelt.h"
#include "read/input.h"
#include "read/json_document.h"

/* Memory of a feed's entries: a feed is read as a whole, and is no larger than a report may be. */
#define FEED_MEMORY ((size_t)512 << 20)

/*
 * Three formats of documents that hold many reports or links to them. Of an entry that has no text,
 * and not even a title, nothing can be read from a file: such are counted, and named once.
 */
struct list_state {
    size_t n_read;    /* reports handed out */
    size_t n_partial; /* of those, summaries of a page */
    size_t n_bare;    /* entries that are no more than links */
    bool ended;
    struct arena arena; /* of a feed */
    struct entry_list list;
    size_t next;
    struct json_document *document;
};

static struct list_state *list_state(struct input *input, struct error *err)
{
    if (!input->state && !(input->state = calloc(1, sizeof(struct list_state))))
        error_set(err, ERROR_LIMIT, "no memory for a list");
    return input->state;
}

static void close_list(struct input *input)
{
    struct list_state *state = input->state;
    if (!state)
        return;
    json_document_free(state->document);
    arena_free(&state->arena);
    free(state);
}

/* Makes a report of an entry; false for one without anything to read. */
static bool take_entry(struct input *input, struct arena *arena, const struct entry *entry,
                       struct report *report, struct report_parts *parts)
{
    struct list_state *state = input->state;
    if (entry->body.len == 0 && entry->title.len == 0) {
        state->n_bare++;
        return false;
    }
    report->path = input->path;
    report->line = entry->line < INT_MAX ? (int)entry->line : INT_MAX;
    report->id = slice_of(input->path);
    state->n_read++;
    state->n_partial += entry->follow;
    input->n_reports = state->n_read;
    entry_report(arena, entry, report, parts);
    return true;
}

/* The end of a list: says what was not read. Links and nothing else are a rejected report. */
static int end_list(struct input *input, struct report *report)
{
    struct list_state *state = input->state;
    if (!state || state->ended)
        return 0;
    state->ended = true;
    if (state->n_read == 0 && state->n_bare) {
        report->path = input->path;
        report->id = slice_of(input->path);
        report->line = 1;
        input->n_reports = 1;
        report_reject(report, 0, "a list of %zu links to pages, which are not read from a file",
                      state->n_bare);
        return 1;
    }
    if (state->n_bare + state->n_partial)
        log_write(LOG_WARN,
                  "%s: %zu of %zu items have no more than a summary or a link; the pages behind"
                  " them are not read from a file",
                  input->path, state->n_bare + state->n_partial, state->n_read + state->n_bare);
    return 0;
}

/* ---- feeds -------------------------------------------------------------------------------------
 */

/* Reads the whole feed. What is wrong with it becomes the last report. */
static int start_feed(struct input *input, struct list_state *state, struct report *report,
                      struct error *err)
{
    struct page_source source = {0};
    struct error why;
    int got = input_take(input, STREAM_ALL, report, &source.bytes, err);
    if (got <= 0 || report->rejected)
        return got;
    input->n_reports = 0;
    arena_init(&state->arena, FEED_MEMORY);
    if (feed_read(&state->arena, &source, &state->list, &why)) {
        report_reject(report, 0, "%s", why.text);
        return 1;
    }
    return 0;
}

static int next_feed(struct input *input, struct arena *arena, struct report *report,
                     struct report_parts *parts, struct error *err)
{
    bool first = !input->state;
    struct list_state *state = list_state(input, err);
    if (!state)
        return -1;
    if (first) {
        int got = start_feed(input, state, report, err);
        if (got < 0) { /* interrupted: starts again */
            close_list(input);
            input->state = NULL;
        }
        if (got)
            return got;
    }
    size_t bytes = report->input_bytes;
    while (state->next < state->list.n) {
        if (take_entry(input, arena, &state->list.entries[state->next++], report, parts))
            return 1;
    }
    struct error *problem = &state->list.problem;
    if (problem->code != ERROR_NONE) {
        *report = (struct report){.published = STAMP_NONE,
                                  .path = input->path,
                                  .id = slice_of(input->path),
                                  .line = problem->line,
                                  .input_bytes = bytes};
        report_reject(report, 0, "%s", problem->text);
        problem->code = ERROR_NONE;
        return 1;
    }
    return end_list(input, report);
}

const struct input_format input_feed = {"feed", true, feed_recognise, next_feed, close_list};

/* ---- JSON documents ----------------------------------------------------------------------------
 */

static int next_json(struct input *input, struct arena *arena, struct report *report,
                     struct report_parts *parts, struct error *err)
{
    struct list_state *state = list_state(input, err);
    struct slice piece;
    struct entry entry;
    struct error why;
    int got;
    if (!state)
        return -1;
    while ((got = input_take(input, STREAM_JSON, report, &piece, err)) > 0 && !report->rejected) {
        if (!state->document && !(state->document = json_document_new(slice_trim(piece))))
            return error_set(err, ERROR_LIMIT, "no memory for a JSON reader");
        input->n_reports = state->n_read;
        size_t bytes = report->input_bytes;
        int found =
            json_document_piece(state->document, arena, piece, (size_t)report->line, &entry, &why);
        if (found < 0) {
            report->line = why.line ? why.line : report->line;
            report_reject(report, why.column, "%s", why.text);
            return 1;
        }
        if (found && take_entry(input, arena, &entry, report, parts))
            return 1;
        input->skipped += bytes; /* counts for the next report */
    }
    return got ? got : end_list(input, report);
}

const struct input_format input_json_document = {"JSON feed or export", false,
                                                 json_document_recognise, next_json, close_list};

/* ---- GDELT -------------------------------------------------------------------------------------
 */

static int next_gdelt(struct input *input, struct arena *arena, struct report *report,
                      struct report_parts *parts, struct error *err)
{
    struct slice line;
    struct entry entry;
    int got;
    if (!list_state(input, err))
        return -1;
    while ((got = input_take(input, STREAM_LINE, report, &line, err)) > 0 && !report->rejected) {
        size_t bytes = report->input_bytes;
        if (gdelt_line_read(line, (size_t)report->line, &entry) &&
            take_entry(input, arena, &entry, report, parts))
            return 1;
        input->skipped += bytes;
    }
    return got ? got : end_list(input, report);
}

const struct input_format input_gdelt = {"GDELT list", false, gdelt_recognise, next_gdelt,
                                         close_list};
