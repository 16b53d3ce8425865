#include "cli/cli.h"
#include "cli/progress.h"
#include "pipeline/again.h"
#include "read/reader.h"
#include "read/url.h"

#include <time.h>

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

/* What is stored, read anew; the counterpart of ingest_all. */
static int again_all(struct again *again, struct error *err)
{
    struct progress progress;
    progress_start(&progress, 0);
    int got = 1;
    while (got > 0) {
        got = again_step(again, err);
        const struct ingest_progress *done = again_progress(again);
        progress_show(&progress, done->reports, done->input_bytes);
    }
    progress_end(&progress);
    return got;
}

static int files_run(struct cli *cli, struct reading *reading, struct store *store,
                     struct ingest_progress *done, instant seen_at, struct error *err)
{
    struct ingest_options options = {.extractor = &reading->extractor,
                                     .store = store,
                                     .reader = reading->reader,
                                     .ruleset_path =
                                         slice_of(cli->settings.values[OPTION_RULES].value),
                                     .seen_at = seen_at,
                                     .stop = &stop_signal};
    struct ingest *ingest;
    if (batch_setting(cli, &options.batch_reports, err) || jobs_setting(cli, &options.jobs, err) ||
        ingest_open(&ingest, &options, err))
        return -1;
    int result = ingest_all(ingest, reading->reader, err);
    const struct ingest_progress *progress = ingest_progress(ingest);
    done->reports += progress->reports;
    done->rejected += progress->rejected;
    done->input_bytes += progress->input_bytes;
    change_counts_add(&done->changed, &progress->changed);
    ingest_free(ingest);
    return result;
}

/* The operands in their order. What is read live counts from now on, what stands in files does not:
 * so files and addresses are never in one batch. */
static int operands_run(struct cli *cli, struct reading *reading, struct store *store,
                        struct ingest_progress *done, struct error *err)
{
    const char *const *operands = cli->arguments.operands;
    size_t n_operands = cli->arguments.n_operands, n;
    *done = (struct ingest_progress){0};
    do {
        bool live = n_operands && url_is_address(operands[0]);
        for (n = 0; n < n_operands && url_is_address(operands[n]) == live;)
            n++;
        if (reading_over(cli, reading, operands, n, err) ||
            files_run(cli, reading, store, done, live ? (instant)time(NULL) : 0, err))
            return -1;
        operands += n;
        n_operands -= n;
    } while (n_operands && !stop_signal);
    return 0;
}

static int again_run(struct cli *cli, struct reading *reading, struct store *store,
                     struct ingest_progress *done, struct error *err)
{
    struct again_options options = {.extractor = &reading->extractor,
                                    .store = store,
                                    .ruleset_path =
                                        slice_of(cli->settings.values[OPTION_RULES].value),
                                    .stop = &stop_signal};
    struct stamp since;
    struct again *again;
    if (option_date(cli, OPTION_SINCE, &since, err))
        return -1;
    options.since = stamp_instant(since);
    if (batch_setting(cli, &options.batch_reports, err) || jobs_setting(cli, &options.jobs, err) ||
        again_open(&again, &options, err))
        return -1;
    int result = again_all(again, err);
    *done = *again_progress(again);
    again_free(again);
    return result;
}

static int ingest_run(struct cli *cli, struct reading *reading, struct store *store,
                      struct error *err)
{
    struct ingest_progress done;
    int64_t reports, incidents;
    bool again = cli->arguments.value[OPTION_AGAIN];
    if ((again ? again_run : operands_run)(cli, reading, store, &done, err) ||
        settle_all(store, &reading->ruleset->weights, &done.changed, err) ||
        store_totals(store, &reports, &incidents, err))
        return -1;
    buffer_format(&cli->out, "%lld reports, %lld incidents, %lld rows changed\n",
                  (long long)reports, (long long)incidents,
                  (long long)change_counts_total(&done.changed));
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return done.rejected ? EXIT_REJECTED : EXIT_OK;
}

/* What cannot go together. */
static int options_check(const struct cli *cli, struct error *err)
{
    const struct arguments *arguments = &cli->arguments;
    struct stamp since;
    if (!arguments->value[OPTION_AGAIN])
        return arguments->value[OPTION_SINCE]
                   ? error_set(err, ERROR_USAGE, "--since goes with --again")
                   : 0;
    if (arguments->n_operands || arguments->value[OPTION_PUBLISHED] ||
        arguments->value[OPTION_OUTLET])
        return error_set(err, ERROR_USAGE,
                         "--again reads what is stored: it takes no PATH, --published or --outlet");
    return option_date(cli, OPTION_SINCE, &since, err);
}

int cmd_ingest(struct cli *cli, struct error *err)
{
    struct reading reading = {0};
    struct store *store;
    if (options_check(cli, err))
        return -1;
    /* The database first: without one there is no use in reading rules. */
    if (database_open(cli, &store, err))
        return -1;
    int code = -1;
    if (reading_open(cli, &reading, err) == 0)
        code = ingest_run(cli, &reading, store, err);
    reading_close(&reading);
    store_close(store);
    return code;
}
