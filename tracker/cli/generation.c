#include "cli/generation.h"

#include <stdio.h>

#include "extract/examples.h"

#define GENERATION_MEMORY ((size_t)1 << 30)
#define DEFAULT_EVERY 600
#define DEFAULT_SETTLE_AFTER 120

static void print(struct buffer *text)
{
    if (text->len)
        fwrite(text->ptr, 1, text->len, stderr);
    buffer_free(text);
}

static int examples_hold(struct generation *generation, struct error *err)
{
    struct diagnostics findings;
    struct buffer text;
    size_t n;
    diagnostics_init(&findings, &generation->cli.arena);
    if (examples_run(&generation->reading.extractor, &findings, &n, err))
        return -1;
    if (!findings.n_errors)
        return 0;
    buffer_init(&text, (size_t)16 << 20);
    diagnostics_print(&findings, &text);
    print(&text);
    return error_set(err, ERROR_RULES, "%zu errors in the rules or their examples",
                     findings.n_errors);
}

static int parts_open(struct generation *made, bool examples, struct error *err)
{
    struct fetch_options options = {.stop = &stop_signal};
    struct buffer problems;
    struct cli *cli = &made->cli;
    buffer_init(&problems, (size_t)1 << 20);
    int rc = settings_load(&cli->arena, &cli->arguments, &cli->settings, &problems, err);
    print(&problems);
    if (rc || settings_seconds(&cli->settings, OPTION_EVERY, DEFAULT_EVERY, &made->every, err) ||
        settings_seconds(&cli->settings, OPTION_SETTLE_AFTER, DEFAULT_SETTLE_AFTER,
                         &made->settle_after, err) ||
        settings_words(&cli->arena, &cli->settings, OPTION_ALLOW_HOST, &options.allowed_hosts,
                       &options.n_allowed, err) ||
        reading_open(cli, &made->reading, err) || (examples && examples_hold(made, err)))
        return -1;
    made->fetcher = fetcher_new(&options, err);
    return made->fetcher ? 0 : -1;
}

int generation_open(const struct cli *cli, bool examples, struct generation *out, struct error *err)
{
    *out = (struct generation){.cli = {.arguments = cli->arguments}};
    arena_init(&out->cli.arena, GENERATION_MEMORY);
    buffer_init(&out->cli.out, GENERATION_MEMORY);
    if (parts_open(out, examples, err) == 0)
        return 0;
    generation_close(out);
    return -1;
}

void generation_close(struct generation *generation)
{
    fetcher_free(generation->fetcher);
    reading_close(&generation->reading);
    buffer_free(&generation->cli.out);
    arena_free(&generation->cli.arena);
    *generation = (struct generation){0};
}
