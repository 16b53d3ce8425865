#include "cli/cli.h"
#include "pipeline/coverage.h"
#include "read/reader.h"

/* Prints a sentence on one line. */
static void sentence_text(struct buffer *out, struct slice sentence)
{
    for (size_t i = 0; i < sentence.len; i++)
        buffer_add_char(out, (unsigned char)sentence.ptr[i] < ' ' ? ' ' : sentence.ptr[i]);
}

static void show_text(struct cli *cli, const struct coverage *coverage, size_t n)
{
    struct buffer *out = &cli->out;
    for (size_t i = 0; i < n; i++) {
        const struct coverage_shape *shape = &coverage->shapes[i];
        buffer_format(out, "%6lld  %.*s\n        %.*s: ", (long long)shape->n,
                      SLICE_ARG(shape->shape), SLICE_ARG(shape->report));
        sentence_text(out, shape->sentence);
        buffer_add_char(out, '\n');
    }
    buffer_format(out, "%lld sentences without a claim, %zu shapes\n",
                  (long long)coverage->n_sentences, coverage->n_shapes);
}

static void show_json(struct cli *cli, const struct coverage *coverage, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct coverage_shape *shape = &coverage->shapes[i];
        struct json_writer json;
        json_start(&json, &cli->out);
        json_open(&json, '{');
        json_key(&json, "shape");
        json_slice(&json, shape->shape);
        json_key(&json, "n");
        json_int(&json, shape->n);
        json_key(&json, "report");
        json_slice(&json, shape->report);
        json_key(&json, "sentence");
        json_slice(&json, shape->sentence);
        json_close(&json, '}');
        buffer_add_char(&cli->out, '\n');
    }
}

/* Returns the number of reports rejected, or -1. */
static int64_t read_all(const struct cli *cli, const struct reading *reading,
                        struct coverage *coverage, struct error *err)
{
    struct workers *workers;
    struct worked_report *worked;
    struct uncovered *found;
    size_t n;
    int64_t rejected = 0;
    int got;
    if (workers_start(cli, reading, reading->reader, &workers, err))
        return -1;
    while ((got = workers_next(workers, &worked, err)) > 0) {
        const struct report *report = &worked->report;
        rejected += report->rejected;
        if (!report->rejected &&
            (uncovered_find(&reading->extractor, &worked->arena, report, &worked->extraction,
                            &found, &n, err) ||
             coverage_add(coverage, report, worked->extraction.doc, found, n, err))) {
            got = -1;
            break;
        }
    }
    workers_free(workers);
    return got < 0 ? -1 : rejected;
}

static int coverage_run(struct cli *cli, const struct reading *reading, struct error *err)
{
    struct coverage coverage;
    int64_t limit;
    if (option_number(cli, OPTION_LIMIT, &limit, err))
        return -1;
    coverage_init(&coverage);
    int64_t rejected = read_all(cli, reading, &coverage, err);
    if (rejected >= 0) {
        coverage_sort(&coverage);
        size_t n = limit && (size_t)limit < coverage.n_shapes ? (size_t)limit : coverage.n_shapes;
        if (cli->arguments.value[OPTION_JSON])
            show_json(cli, &coverage, n);
        else
            show_text(cli, &coverage, n);
    }
    coverage_free(&coverage);
    if (rejected < 0)
        return -1;
    if (stop_signal == SIGINT)
        return EXIT_SIGINT;
    return rejected ? EXIT_REJECTED : EXIT_OK;
}

int rules_coverage(struct cli *cli, struct error *err)
{
    struct reading reading;
    /* What follows the word are the inputs. */
    cli->arguments.operands++;
    cli->arguments.n_operands--;
    if (reading_open(cli, &reading, err))
        return -1;
    int code = reading_start(cli, &reading, err) ? -1 : coverage_run(cli, &reading, err);
    reading_close(&reading);
    return code;
}
