#include "pipeline/poll.h"

#include "base/log.h"
#include "pipeline/rows.h"
#include "read/entry_list.h"
#include "read/web.h"

#define POLL_MEMORY ((size_t)1 << 30)
#define REPORT_MEMORY ((size_t)1 << 30)
/* A feed or page that fails is asked again after a pause that doubles up to this. */
#define LONGEST_PAUSE 3600
/* Pages are read again after an hour, two, four, ..., for a week; edits come early. */
#define PAGE_FIRST_AGAIN 3600
#define PAGE_DAYS 7
#define PAGE_TRIES 12
#define SECONDS_A_DAY 86400

/* Why something could not be had, with an arena that lasts as long as the state. */
static struct slice reason(struct arena *arena, const struct error *why)
{
    return arena_copy(arena, slice_of(why->text));
}

static int64_t pause_after(int64_t first, int64_t failures)
{
    int64_t pause = first > 0 ? first : 1;
    for (int64_t i = 1; i < failures && pause < LONGEST_PAUSE; i++)
        pause *= 2;
    int64_t longest = first > LONGEST_PAUSE ? first : LONGEST_PAUSE;
    return pause < longest ? pause : longest;
}

/* Makes rows of finished reports and stores them as one batch. */
static int reports_store(const struct poll_options *options, struct report *reports, size_t n,
                         instant seen_at, struct poll_counts *counts, bool *anything,
                         struct error *err)
{
    struct arena rows, one;
    struct batch batch = {.ruleset = options->extractor->ruleset->digest,
                          .ruleset_path = options->ruleset_path,
                          .seen_at = seen_at};
    struct change_counts changed = {0};
    int rc = 0;
    arena_init(&rows, POLL_MEMORY);
    arena_init(&one, REPORT_MEMORY);
    batch.reports = ARENA_ARRAY(&rows, struct report_row, n);
    if (!batch.reports)
        rc = arena_full(&rows, err);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        struct extraction extraction;
        struct error why = reports[i].problem;
        arena_reset(&one);
        if (reports[i].rejected ||
            extract_report(options->extractor, &one, &reports[i], &extraction, &why)) {
            counts->rejected++;
            log_error(LOG_WARN, &why);
            continue;
        }
        extraction_warn(&reports[i], &extraction);
        rc = rows_of(&rows, &options->extractor->ruleset->schema, &reports[i], &extraction,
                     &batch.reports[batch.n_reports++], err);
    }
    if (rc == 0 && batch.n_reports)
        rc = store_write_batch(options->store, &batch, &changed, err);
    if (rc == 0) {
        counts->reports += (int64_t)batch.n_reports;
        change_counts_add(&counts->changed, &changed);
        *anything = *anything || change_counts_total(&changed);
    }
    arena_free(&one);
    arena_free(&rows);
    return rc;
}

/* What the settings say of a feed wins over what it says itself. */
static void report_name(struct report *report, const struct config_feed *feed)
{
    if (feed->outlet.len)
        report->outlet = feed->outlet;
    if (feed->lang.len)
        report->lang = feed->lang;
}

/* The entries that are reports themselves, or are to be taken for it. */
static int entries_read(struct arena *arena, const struct config_feed *feed,
                        const struct entry_list *list, struct report **out, size_t *n,
                        struct error *err)
{
    const struct report_gaps gaps = {STAMP_NONE, list->title};
    *n = 0;
    *out = ARENA_ARRAY(arena, struct report, list->n);
    if (!*out)
        return arena_full(arena, err);
    for (size_t i = 0; i < list->n; i++) {
        const struct entry *entry = &list->entries[i];
        struct report *report = &(*out)[*n];
        struct report_parts parts = {0};
        if (entry->follow && feed->follow)
            continue;
        *report = (struct report){
            .path = feed->url.ptr, .line = (int)entry->line, .published = STAMP_NONE};
        report->id = arena_format(arena, "%.*s#%zu", SLICE_ARG(feed->url), i + 1);
        if (!report->id.ptr)
            return arena_full(arena, err);
        entry_report(arena, entry, report, &parts);
        report_name(report, feed);
        report_finish(arena, report, &parts, &gaps);
        ++*n;
    }
    return 0;
}

/* "2025-11-19T07:30+02:00", or the day alone; absent when unknown. */
static int stamp_text(struct arena *arena, struct stamp stamp, struct slice *out, struct error *err)
{
    char text[40];
    *out = SLICE_NONE;
    if (stamp.day == DAY_NONE)
        return 0;
    if (stamp.seconds < 0)
        day_format(stamp.day, text);
    else
        instant_format(stamp_instant(stamp), stamp.offset == STAMP_NO_OFFSET ? 0 : stamp.offset,
                       text);
    *out = arena_copy(arena, slice_of(text));
    return out->ptr ? 0 : arena_full(arena, err);
}

static int links_read(struct arena *arena, const struct config_feed *feed,
                      const struct entry_list *list, struct feed_link **out, size_t *n,
                      struct error *err)
{
    struct link_list links = {0};
    *n = 0;
    if (feed->follow && entry_list_links(arena, list, &links, err))
        return -1;
    *out = ARENA_ARRAY(arena, struct feed_link, links.n);
    if (!*out)
        return arena_full(arena, err);
    for (; *n < links.n; ++*n) {
        (*out)[*n].url = links.items[*n].url;
        if (stamp_text(arena, links.items[*n].published, &(*out)[*n].published, err))
            return -1;
    }
    return 0;
}

/* Something new came: the usual gap follows, a quarter of the way. */
static void feed_moved(struct feed_state *state, instant now)
{
    if (state->new_at != INSTANT_NONE) {
        int64_t gap = now - state->new_at;
        state->usual_gap = state->usual_gap ? (3 * state->usual_gap + gap) / 4 : gap;
    }
    state->new_at = now;
}

static int feed_failed(const struct poll_options *options, int64_t every, struct slice why,
                       struct feed_state *state, instant now, struct poll_counts *counts,
                       struct error *err)
{
    int64_t unused;
    counts->poll_failures++;
    state->failures++;
    state->last_error = why;
    state->next_at = now + pause_after(every, state->failures);
    log_write(LOG_WARN, "%.*s: %.*s", SLICE_ARG(state->url), SLICE_ARG(why));
    return feed_save(options->store, state, NULL, 0, &unused, err);
}

/* A feed's answer, to rows and links. 1 when it was none. */
static int feed_take(const struct poll_options *options, const struct config_feed *feed,
                     const struct fetch_answer *answer, struct feed_state *state,
                     struct arena *arena, instant now, struct poll_counts *counts,
                     struct error *err)
{
    const struct page_source source = {answer->body, answer->charset, answer->url};
    struct entry_list list;
    struct report *reports;
    struct feed_link *links;
    size_t n_reports, n_links;
    int64_t n_new;
    bool anything = false;
    if (entry_list_read(arena, &source, &list, err))
        return 1;
    if (entries_read(arena, feed, &list, &reports, &n_reports, err) ||
        links_read(arena, feed, &list, &links, &n_links, err) ||
        reports_store(options, reports, n_reports, now, counts, &anything, err))
        return -1;
    struct feed_state known = *state;
    bool whole = list.problem.code == ERROR_NONE;
    if (!whole)
        log_write(LOG_WARN, "%.*s: %s", SLICE_ARG(feed->url), list.problem.text);
    state->etag = whole ? arena_copy(arena, answer->etag) : SLICE_NONE;
    state->last_modified = whole ? arena_copy(arena, answer->last_modified) : SLICE_NONE;
    if (anything)
        feed_moved(state, now);
    if (feed_save(options->store, state, links, n_links, &n_new, err)) {
        *state = known;
        return -1;
    }
    return 0;
}

int poll_feed(const struct poll_options *options, const struct config_feed *feed,
              struct feed_state *state, struct arena *arena, instant now,
              struct poll_counts *counts, struct error *err)
{
    const struct fetch_request request = {feed->url.ptr, state->etag, state->last_modified};
    const int64_t every = feed->every ? feed->every : options->every;
    struct feed_state next = *state;
    struct fetch_answer answer;
    struct error why;
    int64_t unused;
    int rc;
    counts->polls++;
    if (fetcher_get(options->fetcher, &request, &answer, &why)) {
        if (why.code == ERROR_INTERRUPTED) {
            *err = why;
            return -1;
        }
        rc = feed_failed(options, every, reason(arena, &why), &next, now, counts, err);
    } else if (!answer.status) {
        next.next_at = now + (answer.wait_ms + 999) / 1000;
        rc = feed_save(options->store, &next, NULL, 0, &unused, err);
    } else if (answer.status != 200 && answer.status != 304) {
        rc = feed_failed(options, every, arena_format(arena, "answered %d", answer.status), &next,
                         now, counts, err);
    } else {
        next.failures = 0;
        next.last_error = SLICE_NONE;
        next.polled_at = now;
        next.next_at = now + every;
        counts->not_modified += answer.status == 304;
        rc = answer.status == 304
                 ? feed_save(options->store, &next, NULL, 0, &unused, err)
                 : feed_take(options, feed, &answer, &next, arena, now, counts, err);
        if (rc > 0) {
            next = *state;
            rc = feed_failed(options, every, reason(arena, err), &next, now, counts, err);
        }
    }
    if (rc == 0)
        *state = next;
    return rc;
}

/* The report of a page (of a feed in its place, what that says), stored as it comes. */
static int page_take(const struct poll_options *options, const struct config_feed *feed,
                     struct web *web, instant now, struct poll_counts *counts, bool *anything,
                     struct error *err)
{
    struct arena arena;
    struct report report;
    int got = 1, rc = 0;
    arena_init(&arena, REPORT_MEMORY);
    while (rc == 0 && (got = web_next(web, &arena, &report, err)) > 0) {
        report_name(&report, feed);
        rc = reports_store(options, &report, 1, now, counts, anything, err);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return got < 0 ? -1 : rc;
}

static void page_answered(struct feed_page *page, instant now)
{
    int64_t age = now - page->first_seen_at;
    page->fetched_at = now;
    page->failures = 0;
    page->last_error = SLICE_NONE;
    page->next_at = now + (age > PAGE_FIRST_AGAIN ? age : PAGE_FIRST_AGAIN);
    if (page->next_at > page->first_seen_at + PAGE_DAYS * SECONDS_A_DAY)
        page->next_at = INSTANT_NONE;
}

static void page_failed(struct feed_page *page, struct slice why, instant now)
{
    page->last_error = why;
    page->next_at =
        ++page->failures < PAGE_TRIES ? now + pause_after(60, page->failures) : INSTANT_NONE;
    log_write(LOG_WARN, "%.*s: %.*s", SLICE_ARG(page->url), SLICE_ARG(why));
}

/* What an answer means for a page. */
static int page_judge(const struct poll_options *options, const struct config_feed *feed,
                      struct feed_page *page, struct web *web, struct arena *arena, instant now,
                      struct poll_counts *counts, bool *anything, struct error *err)
{
    const struct web_answer *answer = web_answer(web);
    if (!answer->status) {
        page->next_at = now + (answer->wait_ms + 999) / 1000;
    } else if (answer->status == 200) {
        if (page_take(options, feed, web, now, counts, anything, err))
            return -1;
        page->etag = arena_copy(arena, answer->etag);
        page->last_modified = arena_copy(arena, answer->last_modified);
        page_answered(page, now);
    } else if (answer->status == 304) {
        page_answered(page, now);
    } else {
        page_failed(page, arena_format(arena, "answered %d", answer->status), now);
    }
    return 0;
}

static int page_poll(const struct poll_options *options, const struct config_feed *feed,
                     struct feed_page *page, struct arena *arena, instant now,
                     struct poll_counts *counts, bool *anything, struct error *err)
{
    const struct fetch_request request = {page->url.ptr, page->etag, page->last_modified};
    struct web_options how = {.gaps = {STAMP_NONE, SLICE_NONE}, .stay = true};
    struct web *web;
    struct error why;
    int64_t failures = page->failures;
    int rc = 0;
    if (page->published.len && stamp_parse(page->published, &how.gaps.published, &why))
        how.gaps.published = STAMP_NONE;
    counts->pages++;
    if (web_open(&web, options->fetcher, &request, &how, &why) == 0) {
        rc = page_judge(options, feed, page, web, arena, now, counts, anything, err);
        web_close(web);
    } else if (why.code == ERROR_INTERRUPTED) {
        *err = why;
        rc = -1;
    } else {
        page_failed(page, reason(arena, &why), now);
        /* What is not to be had by rule will not be had later. */
        if (why.code == ERROR_INPUT)
            page->next_at = INSTANT_NONE;
    }
    counts->page_failures += page->failures > failures;
    return rc ? -1 : feed_page_save(options->store, page, err);
}

int poll_pages(const struct poll_options *options, const struct config_feed *feed,
               struct feed_state *state, instant now, int most, size_t *n,
               struct poll_counts *counts, struct error *err)
{
    struct feed_page *pages;
    struct arena list, page;
    bool anything = false;
    int64_t unused;
    arena_init(&list, POLL_MEMORY);
    arena_init(&page, POLL_MEMORY);
    int rc = feed_pages_due(options->store, &list, feed->url, now, most, &pages, n, err);
    for (size_t i = 0; rc == 0 && i < *n; i++) {
        arena_reset(&page);
        rc = page_poll(options, feed, &pages[i], &page, now, counts, &anything, err);
    }
    if (rc == 0 && anything) {
        struct feed_state next = *state;
        feed_moved(&next, now);
        rc = feed_save(options->store, &next, NULL, 0, &unused, err);
        if (rc == 0)
            *state = next;
    }
    arena_free(&page);
    arena_free(&list);
    return rc;
}
