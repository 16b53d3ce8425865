/* Reads the lines of its input as reports; whatever comes must be a report or a rejection with a
 * reason. */
#include <stdint.h>
#include <stdlib.h>

#include "base/log.h"
#include "read/input_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_one(struct json_reader *reader, struct slice line)
{
    struct report report = {.path = "fuzz.jsonl", .line = 1, .published = STAMP_NONE};
    struct report_parts parts = {0};
    struct arena arena;
    struct error err;
    arena_init(&arena, 1 << 24);
    json_line_read(reader, &arena, line, &report, &parts);
    if (report_complete(&arena, &report, parts.title, parts.body, &err) == 0) {
        struct digest identity = report_identity(&report), edition = report_edition(&report);
        if (report.rejected ? report.problem.code != ERROR_INPUT || !report.problem.text[0]
                            : digest_id(&identity) <= 0 || digest_id(&edition) <= 0)
            abort();
    }
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_reader *reader = json_reader_new(true);
    struct slice rest = {(const char *)data, size};
    log_set_level(LOG_ERROR);
    while (reader && rest.len) {
        const char *feed = memchr(rest.ptr, '\n', rest.len);
        size_t len = feed ? (size_t)(feed - rest.ptr) : rest.len;
        read_one(reader, slice_sub(rest, 0, len));
        rest = slice_sub(rest, len + (feed != NULL), rest.len - len - (feed != NULL));
    }
    json_reader_free(reader);
    return 0;
}
