#include "cli/cli.h"
#include "read/reader.h"

static void write_report(struct cli *cli, const struct reading *reading,
                         const struct worked_report *worked)
{
    const struct report *report = &worked->report;
    if (!report->rejected)
        extraction_warn(report, &worked->extraction);
    extraction_write(&cli->out, &reading->ruleset->schema, report,
                     report->rejected ? NULL : &worked->extraction);
}

static int extract_all(struct cli *cli, const struct reading *reading, struct error *err)
{
    struct workers *workers;
    struct worked_report *worked;
    int got, rejected = 0;
    if (workers_start(cli, reading, reading->reader, &workers, err))
        return -1;
    while ((got = workers_next(workers, &worked, err)) > 0) {
        write_report(cli, reading, worked);
        rejected += worked->report.rejected;
        if (cli->out.len >= OUTPUT_PIECE && cli_flush(cli, err)) {
            got = -1;
            break;
        }
    }
    workers_free(workers);
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
