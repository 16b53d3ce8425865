/* What several commands open alike: rules, gazetteer, inputs, database. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/cli.h"
#include "read/fetch.h"
#include "read/reader.h"
#include "read/url.h"

volatile sig_atomic_t stop_signal;
volatile sig_atomic_t reload_signal;

static void on_signal(int number)
{
    stop_signal = number;
}

void signals_catch(void)
{
    struct sigaction action = {.sa_handler = on_signal,
                               .sa_flags = (int)SA_RESETHAND}; /* no SA_RESTART: reading wakes up */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A reader that closes its end shows as a failed write, which says more than a silent death. */
    signal(SIGPIPE, SIG_IGN);
}

static void on_reload(int number)
{
    reload_signal = number;
}

void signals_catch_reload(void)
{
    struct sigaction action = {.sa_handler = on_reload};
    sigemptyset(&action.sa_mask);
    sigaction(SIGHUP, &action, NULL);
}

int cli_flush(struct cli *cli, struct error *err)
{
    size_t done = 0;
    if (buffer_check(&cli->out, err))
        return -1;
    while (done < cli->out.len) {
        ssize_t n = write(STDOUT_FILENO, cli->out.ptr + done, cli->out.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set(err, ERROR_IO, "cannot write the output: %s", strerror(errno));
        done += (size_t)n;
    }
    buffer_clear(&cli->out);
    return 0;
}

int ruleset_open(struct cli *cli, const char *dir, struct ruleset **out, struct error *err)
{
    struct diagnostics findings;
    struct buffer text;
    diagnostics_init(&findings, &cli->arena);
    int result = ruleset_load(out, dir, &findings, err);
    if (findings.n_errors) {
        buffer_init(&text, (size_t)16 << 20);
        diagnostics_print(&findings, &text);
        fwrite(text.ptr, 1, text.len, stderr);
        buffer_free(&text);
    }
    return result;
}

int weights_open(struct cli *cli, struct weights *out, struct error *err)
{
    struct ruleset *ruleset;
    if (ruleset_open(cli, cli->settings.values[OPTION_RULES].value, &ruleset, err))
        return -1;
    *out = ruleset->weights;
    ruleset_free(ruleset);
    return 0;
}

int reading_open(struct cli *cli, struct reading *out, struct error *err)
{
    *out = (struct reading){0};
    if (ruleset_open(cli, cli->settings.values[OPTION_RULES].value, &out->ruleset, err))
        return -1;
    struct error why;
    if (gazetteer_open(&out->gazetteer, cli->settings.values[OPTION_PLACES].value, &why)) {
        reading_close(out);
        const char *index = cli->settings.values[OPTION_PLACES].value;
        return error_set(err, ERROR_CONFIG, "%s: %s (make the index with 'tracker places import')",
                         index, why.text);
    }
    out->extractor = (struct extractor){out->ruleset, out->gazetteer};
    return 0;
}

/* A fetcher when an operand asks for one. A host's own pause is slept through: nothing else waits.
 */
static int fetcher_open(struct cli *cli, struct reading *reading, const char *const *operands,
                        size_t n, struct error *err)
{
    struct fetch_options options = {.patience_ms = 60000, .stop = &stop_signal};
    size_t i = 0;
    while (i < n && !url_is_address(operands[i]))
        i++;
    if (reading->fetcher || i == n)
        return 0;
    if (settings_words(&cli->arena, &cli->settings, OPTION_ALLOW_HOST, &options.allowed_hosts,
                       &options.n_allowed, err))
        return -1;
    reading->fetcher = fetcher_new(&options, err);
    return reading->fetcher ? 0 : -1;
}

int reading_start(struct cli *cli, struct reading *reading, struct error *err)
{
    return reading_over(cli, reading, cli->arguments.operands, cli->arguments.n_operands, err);
}

int reading_over(struct cli *cli, struct reading *reading, const char *const *operands, size_t n,
                 struct error *err)
{
    static const char *const standard_input[] = {"-"};
    struct reader_options options = {.published = STAMP_NONE,
                                     .outlet = slice_of(cli->arguments.value[OPTION_OUTLET])};
    const char *published = cli->arguments.value[OPTION_PUBLISHED];
    struct error why;
    if (published && stamp_parse(slice_of(published), &options.published, &why))
        return error_set(err, ERROR_USAGE, "--published %s: %s", published, why.text);
    if (fetcher_open(cli, reading, operands, n, err))
        return -1;
    options.fetcher = reading->fetcher;
    reader_free(reading->reader);
    return reader_open(&reading->reader, n ? operands : standard_input, n ? n : 1, &options, err);
}

void reading_close(struct reading *reading)
{
    reader_free(reading->reader);
    fetcher_free(reading->fetcher);
    gazetteer_free(reading->gazetteer);
    ruleset_free(reading->ruleset);
    *reading = (struct reading){0};
}

int workers_start(const struct cli *cli, const struct reading *reading, struct reader *reader,
                  struct workers **out, struct error *err)
{
    size_t jobs;
    return jobs_setting(cli, &jobs, err) ||
                   workers_open(out, &reading->extractor, source_of_reader(reader), jobs,
                                &stop_signal, err)
               ? -1
               : 0;
}

int database_open(struct cli *cli, struct store **out, struct error *err)
{
    struct migration_status status;
    if (store_open(out, cli->settings.values[OPTION_DATABASE].value, err))
        return -1;
    if (store_check(*out, cli->settings.values[OPTION_SQL].value, &status, err) == 0)
        return 0;
    store_close(*out);
    *out = NULL;
    return -1;
}
