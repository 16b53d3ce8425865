/* Any bytes as a feed; each of its entries as a report. */
#include <stdint.h>
#include <stdlib.h>

#include "base/log.h"
#include "read/feed_xml.h"
#include "read/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entry(struct arena *arena, const struct entry *entry)
{
    static const struct report_gaps gaps = {STAMP_NONE, {NULL, 0}};
    struct report report = {.path = "fuzz.xml", .line = 1, .published = STAMP_NONE};
    struct report_parts parts = {0};
    if ((entry->url.len && !url_is_web(entry->url)) || (entry->follow && !entry->url.len))
        abort();
    entry_report(arena, entry, &report, &parts);
    report_finish(arena, &report, &parts, &gaps);
    if (report.rejected && !report.problem.text[0])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct entry_list list;
    struct link_list links;
    struct error err = {0};
    struct page_source source = {
        {(const char *)data, size}, SLICE_NONE, SLICE_LITERAL("https://fuzz.example/feed")};
    log_set_level(LOG_ERROR);
    arena_init(&arena, (size_t)256 << 20);
    feed_recognise(source.bytes);
    if (feed_read(&arena, &source, &list, &err) == 0) {
        for (size_t i = 0; i < list.n && i < 100; i++)
            check_entry(&arena, &list.entries[i]);
        if (entry_list_links(&arena, &list, &links, &err) == 0 && links.n > list.n)
            abort();
    } else if (err.code == ERROR_NONE || !err.text[0]) {
        abort();
    }
    arena_free(&arena);
    return 0;
}
