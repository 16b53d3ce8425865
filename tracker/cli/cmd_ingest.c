#include "cli/cli.h"
#include "cli/progress.h"
#include "pipeline/ingest.h"

#include <stdlib.h>

static int batch_size(struct cli *cli, size_t *out, struct error *err)
{
    const char *text = cli->settings.values[OPTION_BATCH].value;
    char *end;
    *out = 0;
    if (!text)
        return 0;
    long n = strtol(text, &end, 10);
    if (*end || n < 1 || n > 1000000)
        return error_set(err, ERROR_CONFIG, "batch: expected a number from 1 to 1000000, got '%s'",
                         text);
    *out = (size_t)n;
    return 0;
}

static int ingest_all(struct ingest *ingest, struct reader *reader, struct error *err)
{
    struct progress progress;
    progress_start(&progress, reader_total_bytes(reader));
    int got = 1;
    while (got > 0) {
        got = ingest_step(ingest, err);
        const struct ingest_progress *done = ingest_progress(ingest);
        progress_show(&progress, done->reports, done->input_bytes);
    }
    progress_end(&progress);
    return got;
}

static int ingest_run(struct cli *cli, struct reading *reading, struct store *store,
                      struct error *err)
{
    struct ingest_options options = {.extractor = &reading->extractor,
                                     .store = store,
                                     .reader = reading->reader,
                                     .ruleset_path =
                                         slice_of(cli->settings.values[OPTION_RULES].value),
                                     .stop = &stop_signal};
    struct ingest *ingest;
    int64_t reports, incidents;
    if (batch_size(cli, &options.batch_reports, err) || ingest_open(&ingest, &options, err))
        return -1;
    int result = ingest_all(ingest, reading->reader, err);
    struct ingest_progress done = *ingest_progress(ingest);
    ingest_free(ingest);
    if (result || settle_all(store, &done.changed, err) ||
        store_totals(store, &reports, &incidents, err))
        return -1;
    buffer_format(&cli->out, "%lld reports, %lld incidents, %lld rows changed\n",
                  (long long)reports, (long long)incidents,
                  (long long)change_counts_total(&done.changed));
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return done.rejected ? EXIT_REJECTED : EXIT_OK;
}

int cmd_ingest(struct cli *cli, struct error *err)
{
    struct reading reading = {0};
    struct store *store;
    /* The database first: without one there is no use in reading rules. */
    if (database_open(cli, &store, err))
        return -1;
    int code = -1;
    if (reading_open(cli, &reading, err) == 0 && reading_start(cli, &reading, err) == 0)
        code = ingest_run(cli, &reading, store, err);
    reading_close(&reading);
    store_close(store);
    return code;
}
