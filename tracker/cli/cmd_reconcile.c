#include "cli/reconcile_estimate.h"
#include "pipeline/ingest.h"

int cmd_reconcile(struct cli *cli, struct error *err)
{
    struct store *store;
    struct weights weights;
    struct change_counts waiting = {0}, changed = {0};
    bool rebuild = cli->arguments.value[OPTION_REBUILD] != NULL;
    bool estimate = cli->arguments.value[OPTION_ESTIMATE] != NULL;
    if (estimate && rebuild)
        return error_set(err, ERROR_USAGE,
                         "--estimate changes nothing, --rebuild does: one of them");
    if (cli->arguments.n_operands && !estimate)
        return error_set(err, ERROR_USAGE, "reconcile takes no operands");
    if (weights_open(cli, &weights, err) || database_open(cli, &store, err))
        return -1;
    if (estimate) {
        int estimated = reconcile_estimate(cli, store, &weights, err);
        store_close(store);
        return estimated ? -1 : EXIT_OK;
    }
    /* What was waiting is no difference. */
    int result = settle_all(store, &weights, &waiting, err);
    if (result == 0 && rebuild) {
        store_set_rebuild(store, true);
        result = store_mark_all(store, err) || settle_all(store, &weights, &changed, err) ? -1 : 0;
    }
    store_close(store);
    if (result)
        return -1;
    buffer_format(&cli->out, "%lld rows changed\n", (long long)change_counts_total(&waiting));
    int64_t differed = change_counts_total(&changed);
    if (rebuild && differed)
        buffer_format(&cli->out, "rebuild: %lld rows differed and were put right\n",
                      (long long)differed);
    else if (rebuild)
        buffer_add_text(&cli->out, "rebuild: nothing differed\n");
    return differed ? EXIT_FATAL : EXIT_OK;
}
