/* Any bytes as a JSON Feed, an export of Telegram or GDELT's list: cut into pieces, read, and each
 * entry as a report. */
#include <stdint.h>
#include <stdlib.h>

#include "base/log.h"
#include "read/entry_list.h"
#include "read/json_cut.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The pieces are the same when the bytes come one by one. */
static void check_cut(struct slice text)
{
    struct json_cut whole = {0}, single = {0};
    size_t at = 0, next = json_cut_next(&whole, text);
    for (size_t i = 0; i < text.len; i++) {
        size_t got = json_cut_next(&single, slice_sub(text, i, 1));
        bool ends = next && i + 1 == at + next;
        if ((got == 1) != ends)
            abort();
        if (ends) {
            at += next;
            next = json_cut_next(&whole, slice_sub(text, at, text.len - at));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct report_gaps gaps = {STAMP_NONE, {NULL, 0}};
    struct arena arena;
    struct entry_list list;
    struct error err = {0};
    struct page_source source = {{(const char *)data, size}, SLICE_NONE, SLICE_NONE};
    log_set_level(LOG_ERROR);
    arena_init(&arena, (size_t)256 << 20);
    check_cut(source.bytes);
    if (entry_list_read(&arena, &source, &list, &err) == 0) {
        for (size_t i = 0; i < list.n && i < 100; i++) {
            struct report report = {.path = "fuzz.json", .line = 1, .published = STAMP_NONE};
            struct report_parts parts = {0};
            entry_report(&arena, &list.entries[i], &report, &parts);
            report_finish(&arena, &report, &parts, &gaps);
        }
    } else if (err.code == ERROR_NONE || !err.text[0]) {
        abort();
    }
    arena_free(&arena);
    return 0;
}
