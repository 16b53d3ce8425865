#include "cli/publish.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "cli/file_write.h"
#include "pipeline/situation_recall.h"
#include "report/feed.h"
#include "report/outlines.h"

/* How far the feed of changes reaches back. */
#define FEED_DAYS 30
#define FEED_ENTRIES 500
#define PAGE_MEMORY ((size_t)1 << 30)

/* What we said, or with --as-of-reports what the reports up to a time say. */
static int situation_fill(struct cli *cli, struct store *store, const struct situation_query *query,
                          struct situation *out, struct error *err)
{
    struct weights weights;
    if (query->reports_as_of == INSTANT_NONE)
        return situation_load(store, &cli->arena, query, out, err);
    return weights_open(cli, &weights, err) ||
                   situation_recall(store, &cli->arena, &weights, query, out, err)
               ? -1
               : 0;
}

int report_make(struct cli *cli, struct store *store, const char *period, const char *as_of,
                struct made_report *out, struct error *err)
{
    struct slice moment;
    day_number anchor;
    *out = (struct made_report){.query = {.country = cli->arguments.value[OPTION_COUNTRY],
                                          .region = cli->arguments.value[OPTION_REGION],
                                          .reports_as_of = INSTANT_NONE}};
    if (option_until(cli, &out->query.reports_as_of, err) ||
        situation_moment(store, &cli->arena, as_of, &moment, &anchor, err))
        return -1;
    /* Counted back from the day the reports go up to. */
    if (out->query.reports_as_of != INSTANT_NONE)
        anchor = (day_number)(out->query.reports_as_of / 86400);
    if (period_parse(period, anchor, &out->period, err))
        return -1;
    day_number charts = out->period.to - 13;
    out->query.as_of = moment.ptr;
    out->query.from = out->period.from;
    out->query.to = out->period.to;
    out->query.since = out->period.before < charts ? out->period.before : charts;
    const struct sitrep_input input = {&out->situation, &out->query, &out->period, TRACKER_VERSION};
    return situation_fill(cli, store, &out->query, &out->situation, err) ||
                   sitrep_make(&cli->arena, &input, &out->report, err)
               ? -1
               : 0;
}

/* Rules of one's own may come without outlines: then the map has marks alone. */
int report_page(struct cli *cli, struct buffer *out, const struct sitrep *report, struct error *err)
{
    struct outlines outlines = {0};
    struct error why = {0};
    struct slice path = arena_format(&cli->arena, "%s/maps/outlines.tsv.gz",
                                     cli->settings.values[OPTION_RULES].value);
    if (!path.ptr)
        return arena_full(&cli->arena, err);
    if (outlines_load(&cli->arena, path.ptr, &outlines, &why))
        log_error(LOG_WARN, &why);
    sitrep_html(out, report, &outlines);
    return buffer_check(out, err);
}

static int page_write(struct cli *cli, const char *folder, const char *name, const char *extension,
                      const struct buffer *text, struct error *err)
{
    struct slice path = arena_format(&cli->arena, "%s/%s.%s", folder, name, extension);
    return path.ptr ? file_write(&cli->arena, path.ptr, text, err) : arena_full(&cli->arena, err);
}

/* "2025-11-17..2025-11-23.html" as a page; false for any other file. */
static bool page_name(struct arena *arena, const char *file, struct published_page *out)
{
    static const size_t length = sizeof "2025-11-17..2025-11-23" - 1;
    struct stamp from, to;
    struct error why;
    if (strlen(file) != length + 5 || strcmp(file + length, ".html") != 0 ||
        strncmp(file + 10, "..", 2) != 0 || stamp_parse((struct slice){file, 10}, &from, &why) ||
        stamp_parse((struct slice){file + 12, 10}, &to, &why))
        return false;
    *out =
        (struct published_page){arena_copy(arena, (struct slice){file, length}), from.day, to.day};
    return out->name.ptr != NULL;
}

static int pages_list(struct arena *arena, const char *folder, struct published_page **out,
                      size_t *n, struct error *err)
{
    size_t capacity = 0;
    struct published_page page;
    DIR *stream = opendir(folder);
    *out = NULL;
    *n = 0;
    if (!stream)
        return error_set(err, ERROR_IO, "cannot list %s: %s", folder, strerror(errno));
    int rc = 0;
    for (struct dirent *entry; rc == 0 && (entry = readdir(stream)) != NULL;) {
        if (!page_name(arena, entry->d_name, &page))
            continue;
        rc = arena_grow(arena, out, &capacity, *n, sizeof **out, err);
        if (rc == 0)
            (*out)[(*n)++] = page;
    }
    closedir(stream);
    return rc;
}

static int index_write(struct cli *cli, struct store *store, const char *folder, const char *as_of,
                       struct buffer *text, struct error *err)
{
    struct published_page *pages;
    struct change *changes;
    size_t n;
    if (pages_list(&cli->arena, folder, &pages, &n, err))
        return -1;
    buffer_clear(text);
    index_html(text, pages, n, as_of);
    if (page_write(cli, folder, "index", "html", text, err) ||
        changes_load(store, &cli->arena, as_of, FEED_DAYS, FEED_ENTRIES,
                     cli->arguments.value[OPTION_COUNTRY], &changes, &n, err))
        return -1;
    buffer_clear(text);
    feed_atom(text, changes, n, as_of);
    return page_write(cli, folder, "changes", "atom", text, err);
}

int report_publish(struct cli *cli, struct store *store, const char *folder, const char *period,
                   const char *as_of, struct error *err)
{
    struct made_report made;
    struct buffer text;
    if (report_make(cli, store, period, as_of, &made, err))
        return -1;
    if (mkdir(folder, 0777) && errno != EEXIST)
        return error_set(err, ERROR_IO, "cannot make the folder %s: %s", folder, strerror(errno));
    struct slice name = arena_format(&cli->arena, "%.*s..%.*s", SLICE_ARG(made.report.from),
                                     SLICE_ARG(made.report.to));
    if (!name.ptr)
        return arena_full(&cli->arena, err);
    buffer_init(&text, PAGE_MEMORY);
    int rc = report_page(cli, &text, &made.report, err) ||
             page_write(cli, folder, name.ptr, "html", &text, err);
    buffer_clear(&text);
    sitrep_markdown(&text, &made.report);
    rc = rc || page_write(cli, folder, name.ptr, "md", &text, err);
    buffer_clear(&text);
    sitrep_json(&text, &made.report);
    rc = rc || page_write(cli, folder, name.ptr, "json", &text, err) ||
         index_write(cli, store, folder, made.query.as_of, &text, err);
    buffer_free(&text);
    return rc ? -1 : 0;
}
