#include "base/log.h"
#include "cli/cli.h"
#include "read/reader.h"

static void write_report(struct cli *cli, const struct reading *reading, struct arena *arena,
                         struct report *report)
{
    struct extraction extraction;
    struct error why = {0};
    if (!report->rejected &&
        extract_report(&reading->extractor, arena, report, &extraction, &why)) {
        report->rejected = true;
        report->problem = why;
    }
    if (report->rejected)
        log_error(LOG_WARN, &report->problem);
    else
        extraction_warn(report, &extraction);
    extraction_write(&cli->out, &reading->ruleset->schema, report,
                     report->rejected ? NULL : &extraction);
}

static int extract_all(struct cli *cli, const struct reading *reading, struct error *err)
{
    struct arena arena;
    struct report report;
    int got = 1, rejected = 0;
    arena_init(&arena, REPORT_MEMORY);
    while (got > 0 && !stop_signal) {
        arena_reset(&arena);
        got = reader_next(reading->reader, &arena, &report, err);
        if (got < 0 && err->code == ERROR_INTERRUPTED) {
            got = 1;
            continue;
        }
        if (got <= 0)
            break;
        write_report(cli, reading, &arena, &report);
        rejected += report.rejected;
        if (cli->out.len >= OUTPUT_PIECE && cli_flush(cli, err))
            got = -1;
    }
    arena_free(&arena);
    if (got < 0)
        return -1;
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return rejected ? EXIT_REJECTED : EXIT_OK;
}

int cmd_extract(struct cli *cli, struct error *err)
{
    struct reading reading;
    if (reading_open(cli, &reading, err))
        return -1;
    int code = reading_start(cli, &reading, err) ? -1 : extract_all(cli, &reading, err);
    reading_close(&reading);
    return code;
}
