#include <CUnit/CUnit.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read/reader.h"
#include "scratch.h"

void suite_reader(void);

static struct scratch scratch;

static int start(void)
{
    scratch_make(&scratch);
    return 0;
}

static int stop(void)
{
    scratch_remove(&scratch);
    return 0;
}

/* Everything some paths hold, copied. */
struct reading {
    struct report reports[64];
    size_t n;
    size_t input_bytes;
    size_t total_bytes;
    struct arena arena;
};

static void keep(struct reading *all, struct report report)
{
    CU_ASSERT_FATAL(all->n < 64);
    struct slice *slices[] = {&report.id,   &report.given_id, &report.url, &report.title,
                              &report.text, &report.outlet,   &report.lang};
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
        *slices[i] = arena_copy(&all->arena, *slices[i]);
    report.path = arena_copy(&all->arena, slice_of(report.path)).ptr;
    all->input_bytes += report.input_bytes;
    all->reports[all->n++] = report;
}

static struct reading read_paths(const char *const *paths, size_t n, struct reader_options options)
{
    struct reading all = {.n = 0};
    struct reader *reader;
    struct arena arena;
    struct report report;
    struct error err;
    int got;
    arena_init(&all.arena, 1 << 24);
    arena_init(&arena, 1 << 24);
    CU_ASSERT_FATAL(reader_open(&reader, paths, n, &options, &err) == 0);
    while ((got = reader_next(reader, &arena, &report, &err)) > 0) {
        keep(&all, report);
        arena_reset(&arena);
    }
    CU_ASSERT(got == 0);
    all.total_bytes = reader_total_bytes(reader);
    reader_free(reader);
    arena_free(&arena);
    return all;
}

static struct reading read_file(const char *path)
{
    return read_paths(&path, 1, (struct reader_options){.published = STAMP_NONE});
}

static struct reading read_bytes(const char *name, struct slice bytes)
{
    return read_file(scratch_write(&scratch, name, bytes));
}

static bool rejected(const struct reading *all, size_t i, const char *words)
{
    return i < all->n && all->reports[i].rejected && strstr(all->reports[i].problem.text, words);
}

static bool accepted(const struct reading *all, size_t i, const char *text)
{
    return i < all->n && !all->reports[i].rejected && slice_is(all->reports[i].text, text);
}

static bool ends_like(struct slice s, const char *end)
{
    size_t n = strlen(end);
    return s.len >= n && memcmp(s.ptr + s.len - n, end, n) == 0;
}

static void text_header(void)
{
    struct reading all = read_bytes(
        "a.txt",
        SLICE_LITERAL("\xEF\xBB\xBFTITLE: Depot hit\r\nDate : x\r\ndate: 2025-11-19T07:30+02:00\r\n"
                      "outlet: The Voice\r\nURL: https://Example.org/1#a\r\nLang: en\r\n\r\nThree "
                      "died.\r\n"));
    CU_ASSERT(all.n == 1 &&
              all.reports[0].title_len == 0); /* "Date " is no key: all of it is text */
    arena_free(&all.arena);
    all = read_bytes(
        "a.txt", SLICE_LITERAL("\xEF\xBB\xBFTITLE: Depot hit\r\ndate: 2025-11-19T07:30+02:00\r\n"
                               "outlet: The Voice\r\nURL: https://Example.org/1#a\r\nLang: "
                               "en\r\n\r\nThree died.\r\n"));
    const struct report *r = &all.reports[0];
    CU_ASSERT(accepted(&all, 0, "Depot hit\n\nThree died.") && all.n == 1);
    CU_ASSERT(slice_is(r->title, "Depot hit") && slice_is(r->outlet, "The Voice") &&
              slice_is(r->lang, "en"));
    CU_ASSERT(slice_is(r->url, "https://example.org/1") && slice_equal(r->id, r->url) &&
              r->given_id.len == 0);
    CU_ASSERT(r->published.seconds == 27000 && r->published.offset == 7200);
    CU_ASSERT(r->published.day == day_from_civil(2025, 11, 19) && r->line == 1);
    arena_free(&all.arena);
}

static void text_without_header(void)
{
    static const char *const texts[] = {
        "Title: of the play\nwas the talk of the town.\n\nThree died.", /* not known keys up to the
                                                                           blank line */
        "Dat: three died.\n\nMore later.",
        "Update: three died.\n\nMore later.",
        "Three died.\n\nTitle: no header here",
        "[Updated] A { that is not the first character is no JSON.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading all = read_bytes("a.txt", slice_of(texts[i]));
        CU_ASSERT(all.n == 1 && accepted(&all, 0, texts[i]) && all.reports[0].title_len == 0);
        CU_ASSERT(ends_like(all.reports[0].id, "/a.txt") &&
                  all.reports[0].published.day == DAY_NONE);
        arena_free(&all.arena);
    }
    /* 20 header lines are a header, 21 are text. */
    char text[1024];
    for (int lines = 20; lines <= 21; lines++) {
        size_t n = 0;
        for (int i = 0; i < lines; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "Title: t\n");
        snprintf(text + n, sizeof text - n, "\nbody");
        struct reading all = read_bytes("a.txt", slice_of(text));
        CU_ASSERT(accepted(&all, 0, lines == 20 ? "t\n\nbody" : text));
        arena_free(&all.arena);
    }
}

static void form_feeds(void)
{
    struct reading all = read_bytes(
        "m.txt",
        SLICE_LITERAL("Title: A\n\none\n\f\r\ntwo \f still\n\f\n\n\f\nTitle: D\n\nfour\n\f\n\n"));
    CU_ASSERT_FATAL(all.n == 4);
    CU_ASSERT(accepted(&all, 0, "A\n\none") && all.reports[0].line == 1);
    CU_ASSERT(accepted(&all, 1, "two   still") && all.reports[1].line == 5);
    CU_ASSERT(rejected(&all, 2, "no text") && all.reports[2].line == 7 &&
              all.reports[2].problem.line == 7);
    CU_ASSERT(accepted(&all, 3, "D\n\nfour") && all.reports[3].line == 9);
    CU_ASSERT(ends_like(all.reports[0].id, "/m.txt") && ends_like(all.reports[1].id, "/m.txt#2"));
    CU_ASSERT(ends_like(all.reports[3].id, "/m.txt#4"));
    CU_ASSERT(all.input_bytes + 1 == all.total_bytes); /* but for the blank end */
    arena_free(&all.arena);
}

static void json_lines(void)
{
    struct reading all = read_bytes(
        "r.jsonl",
        SLICE_LITERAL(
            "\n{\"id\": 5, \"text\": \"one\", \"published\": \"2025-11-19\"}\r\n"
            "{\"id\": \"b\", \"text\": \"broken\n\n"
            "{\"id\": \"c\", \"text\": 3}\n"
            "{\"url\": \"https://example.org/x?fbclid=1\", \"title\": \"T\", \"text\": \"four\"}\n"
            "{\"text\": \"five\"}"));
    CU_ASSERT_FATAL(all.n == 5);
    CU_ASSERT(accepted(&all, 0, "one") && slice_is(all.reports[0].id, "5") &&
              all.reports[0].line == 2);
    CU_ASSERT(all.reports[0].published.seconds == -1);
    CU_ASSERT(rejected(&all, 1, "ends inside") && all.reports[1].problem.line == 3);
    CU_ASSERT(all.reports[1].problem.column == 28 && ends_like(all.reports[1].id, "/r.jsonl#2"));
    CU_ASSERT(rejected(&all, 2, "\"text\"") && slice_is(all.reports[2].id, "c") &&
              all.reports[2].line == 5);
    CU_ASSERT(accepted(&all, 3, "T\n\nfour") &&
              slice_is(all.reports[3].id, "https://example.org/x"));
    CU_ASSERT(accepted(&all, 4, "five") && all.reports[4].line == 7 &&
              ends_like(all.reports[4].id, "#5"));
    CU_ASSERT(all.input_bytes == all.total_bytes);
    arena_free(&all.arena);
}

static void gaps_filled(void)
{
    const char *path = scratch_write(
        &scratch, "g.jsonl",
        SLICE_LITERAL("{\"text\": \"a\"}\n"
                      "{\"text\": \"b\", \"published\": \"2024-01-02\", \"outlet\": \"own\"}\n"
                      "{\"text\": \"c\", \"published\": \"yesterday\", \"outlet\": \" \"}\n"));
    struct reader_options options = {.published = {20411, -1, STAMP_NO_OFFSET},
                                     .outlet = SLICE_LITERAL("given")};
    scratch_log_start(&scratch);
    struct reading all = read_paths(&path, 1, options);
    struct reading bare = read_file(path);
    const char *log = scratch_log_end(&scratch);
    CU_ASSERT_FATAL(all.n == 3 && bare.n == 3);
    CU_ASSERT(all.reports[0].published.day == 20411 && slice_is(all.reports[0].outlet, "given"));
    CU_ASSERT(all.reports[1].published.day == day_from_civil(2024, 1, 2) &&
              slice_is(all.reports[1].outlet, "own"));
    CU_ASSERT(all.reports[2].published.day == 20411 && slice_is(all.reports[2].outlet, "given"));
    CU_ASSERT(bare.reports[2].published.day == DAY_NONE && !bare.reports[2].rejected);
    CU_ASSERT(strstr(log, "g.jsonl:3: the date is not one of ISO 8601") != NULL);
    arena_free(&all.arena);
    arena_free(&bare.arena);
}

static void bad_files(void)
{
    char noise[600], zeros[600];
    for (int i = 0; i < 600; i++) {
        noise[i] = (char)(i * 37 + 128);
        zeros[i] = i % 50 ? 'a' : 0;
    }
    const struct {
        const char *name;
        struct slice bytes;
        const char *words;
    } cases[] = {
        {"empty", SLICE_NONE, "the file is empty"},
        {"bom", SLICE_LITERAL("\xEF\xBB\xBF"), "the file is empty"},
        {"blank", SLICE_LITERAL(" \n\t\r\n"), "no text"},
        {"utf32", SLICE_LITERAL("\xFF\xFE\0\0h\0\0\0"), "UTF-32"},
        {"gzip", SLICE_LITERAL("\x1F\x8B\x08\0\0\0"), "gzip"},
        {"zip", SLICE_LITERAL("PK\x03\x04\x14"), "zip"},
        {"pdf", SLICE_LITERAL("%PDF-1.7\n"), "PDF"},
        {"noise", {noise, sizeof noise}, "a binary file"},
        {"zeros", {zeros, sizeof zeros}, "NUL bytes"},
        {"page", SLICE_LITERAL(" \n<!doctype html><nav>Three died"), "no article"},
        {"array", SLICE_LITERAL("[{\"text\": \"a\"}]"), "JSON array"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading all = read_bytes(cases[i].name, cases[i].bytes);
        if (!rejected(&all, 0, cases[i].words))
            printf("    %s: %s\n", cases[i].name,
                   all.n ? all.reports[0].problem.text : "no report");
        CU_ASSERT(all.n == 1 && rejected(&all, 0, cases[i].words));
        CU_ASSERT(ends_like(all.reports[0].id, cases[i].name) &&
                  all.input_bytes == cases[i].bytes.len);
        CU_ASSERT(strstr(all.reports[0].problem.file, cases[i].name) != NULL);
        arena_free(&all.arena);
    }
}

/* A little dirt in good text is replaced, not refused. */
static void dirty_text(void)
{
    char text[400];
    memset(text, 'a', sizeof text);
    text[10] = text[301] = 0;
    for (int i = 1; i < 30; i++)
        text[i * 12] = '\xE9';
    scratch_log_start(&scratch);
    struct reading all = read_bytes("dirty", (struct slice){text, sizeof text});
    const char *log = scratch_log_end(&scratch);
    CU_ASSERT(all.n == 1 && !all.reports[0].rejected && strstr(log, "/dirty:1: 2 malformed"));
    arena_free(&all.arena);
    /* A character across the end of the bytes that are looked at first. */
    static char cyrillic[9001];
    for (size_t i = 1; i < sizeof cyrillic; i += 2)
        memcpy(cyrillic + i, "ж", 2);
    cyrillic[0] = 'a';
    all = read_bytes("cyrillic", (struct slice){cyrillic, sizeof cyrillic});
    CU_ASSERT(all.n == 1 && !all.reports[0].rejected && all.reports[0].text.len == sizeof cyrillic);
    arena_free(&all.arena);
}

static void unreadable_paths(void)
{
    const char *text = scratch_write(&scratch, "t", SLICE_LITERAL("Three died."));
    const char *self = scratch_path(&scratch, "self");
    CU_ASSERT_FATAL(symlink("self", self) == 0);
    char below[256];
    snprintf(below, sizeof below, "%s/x", text);
    const char *paths[] = {scratch_path(&scratch, "missing"), self, below, "/proc/self/mem", text};
    struct reading all = read_paths(paths, 5, (struct reader_options){.published = STAMP_NONE});
    CU_ASSERT_FATAL(all.n == 5);
    CU_ASSERT(rejected(&all, 0, "No such file") && slice_is(all.reports[0].id, paths[0]));
    CU_ASSERT(rejected(&all, 1, "Too many levels of symbolic links"));
    CU_ASSERT(rejected(&all, 2, "Not a directory"));
    CU_ASSERT(rejected(&all, 3, "cannot be read: Input/output error"));
    CU_ASSERT(accepted(&all, 4, "Three died."));
    CU_ASSERT(all.reports[0].problem.code == ERROR_INPUT);
    arena_free(&all.arena);
    unlink(self);
}

static void directories(void)
{
    char path[256], link[256];
    static const char *const folders[] = {"d", "d/b", "d/b/deep", "d/.git"};
    for (size_t i = 0; i < 4; i++)
        CU_ASSERT_FATAL(mkdir(scratch_path(&scratch, folders[i]), 0700) == 0);
    static const char *const files[] = {"d/b.txt",     "d/B",       "d/b/deep/2",
                                        "d/b/deep/10", "d/.hidden", "d/.git/x"};
    for (size_t i = 0; i < 6; i++)
        scratch_write(&scratch, files[i], SLICE_LITERAL("Three died."));
    snprintf(link, sizeof link, "%s/d/b/deep/loop", scratch.folder);
    CU_ASSERT_FATAL(symlink("../..", link) == 0);
    snprintf(link, sizeof link, "%s/d/z", scratch.folder);
    CU_ASSERT_FATAL(symlink("nowhere", link) == 0);
    snprintf(path, sizeof path, "%s/d/pipe", scratch.folder);
    CU_ASSERT_FATAL(mkfifo(path, 0600) == 0);
    snprintf(path, sizeof path, "%s/d/", scratch.folder);
    scratch_log_start(&scratch);
    struct reading all = read_file(path);
    const char *log = scratch_log_end(&scratch);
    static const char *const expected[] = {"/d/B", "/d/b/deep/10", "/d/b/deep/2", "/d/b.txt",
                                           "/d/z"};
    CU_ASSERT_FATAL(all.n == 5);
    for (size_t i = 0; i < 5; i++)
        CU_ASSERT(ends_like(all.reports[i].id, expected[i]));
    CU_ASSERT(rejected(&all, 4, "No such file") && all.total_bytes == 44);
    CU_ASSERT(strstr(log, "/deep/loop: skipped: a link back") != NULL);
    CU_ASSERT(strstr(log, "/d/pipe: skipped: not a regular file") != NULL);
    arena_free(&all.arena);
    scratch_log_start(&scratch);
    all = read_file("/dev/zero");
    log = scratch_log_end(&scratch);
    CU_ASSERT(all.n == 0 && strstr(log, "/dev/zero: skipped") != NULL);
    arena_free(&all.arena);
}

/* Standard input, and a FIFO that the command line names. */
static void pipes(void)
{
    int fds[2], saved = dup(STDIN_FILENO);
    CU_ASSERT_FATAL(pipe(fds) == 0);
    CU_ASSERT_FATAL(write(fds[1], "one\n\f\ntwo\n", 10) == 10);
    close(fds[1]);
    dup2(fds[0], STDIN_FILENO);
    struct reading all = read_file("-");
    CU_ASSERT(all.n == 2 && accepted(&all, 0, "one") && accepted(&all, 1, "two"));
    CU_ASSERT(slice_is(all.reports[0].id, "-") && slice_is(all.reports[1].id, "-#2"));
    CU_ASSERT_STRING_EQUAL(all.reports[1].path, "-");
    CU_ASSERT(all.total_bytes == 0);
    arena_free(&all.arena);
    CU_ASSERT(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* left open */
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(fds[0]);

    char path[32];
    CU_ASSERT_FATAL(pipe(fds) == 0);
    CU_ASSERT_FATAL(write(fds[1], "{\"text\": \"x\"}", 13) == 13);
    close(fds[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", fds[0]);
    all = read_file(path);
    CU_ASSERT(all.n == 1 && accepted(&all, 0, "x"));
    arena_free(&all.arena);
    close(fds[0]);
}

static void limit(void)
{
    const char *path =
        scratch_write(&scratch, "l.txt", SLICE_LITERAL("short\n\f\n0123456789x\n\f\n012345678\n"));
    struct reading all =
        read_paths(&path, 1, (struct reader_options){.published = STAMP_NONE, .max_report = 10});
    CU_ASSERT(all.n == 3 && accepted(&all, 0, "short") && accepted(&all, 2, "012345678"));
    CU_ASSERT(rejected(&all, 1, "a report of 14 bytes is over the limit of 10") &&
              all.reports[1].line == 3);
    CU_ASSERT(all.reports[2].line == 5);
    arena_free(&all.arena);
}

static long peak_kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* A line of 200 MB, mostly a hole in the file, between two good ones. */
static void endless_line(void)
{
    char line[10000];
    memset(line, ' ', sizeof line);
    memcpy(line, "{\"text\": \"first\"}", 17);
    line[sizeof line - 1] = '\n';
    const char *path = scratch_write(&scratch, "long.jsonl", (struct slice){line, sizeof line});
    int fd = open(path, O_WRONLY);
    CU_ASSERT_FATAL(fd >= 0);
    CU_ASSERT(pwrite(fd, "\n{\"text\": \"last\"}\n", 18, 200000000) == 18);
    close(fd);
    long before = peak_kilobytes();
    struct reading all = read_file(path);
    CU_ASSERT(peak_kilobytes() - before < 80000);
    CU_ASSERT(all.n == 3 && accepted(&all, 0, "first") && accepted(&all, 2, "last"));
    CU_ASSERT(rejected(&all, 1, "over the limit of 16777216") && all.reports[1].line == 2);
    CU_ASSERT(all.reports[2].line == 3 && all.input_bytes == all.total_bytes);
    arena_free(&all.arena);
}

/* What a mapped file would end with SIGBUS for. */
static void shrinking_file(void)
{
    static char bytes[4 << 20];
    for (size_t i = 0; i < sizeof bytes; i += 1024) {
        memset(bytes + i, 'a', 1021);
        memcpy(bytes + i + 1021, "\n\f\n", 3);
    }
    const char *path = scratch_write(&scratch, "shrink.txt", (struct slice){bytes, sizeof bytes});
    struct reader *reader;
    struct reader_options options = {.published = STAMP_NONE};
    struct arena arena;
    struct report report;
    struct error err;
    arena_init(&arena, 1 << 24);
    CU_ASSERT_FATAL(reader_open(&reader, &path, 1, &options, &err) == 0);
    CU_ASSERT_FATAL(reader_next(reader, &arena, &report, &err) == 1);
    CU_ASSERT_FATAL(truncate(path, 2000) == 0);
    size_t n = 1;
    while (reader_next(reader, &arena, &report, &err) == 1) {
        CU_ASSERT(!report.rejected && report.text.len == 1021);
        n++;
    }
    CU_ASSERT(n >= 1 && n < 4096);
    reader_free(reader);
    arena_free(&arena);
}

/* A report that does not fit its arena is lost alone. */
static void small_arena(void)
{
    static char line[30000];
    memset(line, 'a', sizeof line);
    memcpy(line, "{\"title\": \"t\", \"text\": \"", 24);
    memcpy(line + sizeof line - 25, "\"}\n{\"id\":3,\"text\":\"b\"}\n\n\n", 25);
    const char *path = scratch_write(&scratch, "s.jsonl", (struct slice){line, sizeof line});
    struct reader *reader;
    struct reader_options options = {.published = STAMP_NONE};
    struct arena arena;
    struct report report;
    struct error err;
    arena_init(&arena, 8000);
    CU_ASSERT_FATAL(reader_open(&reader, &path, 1, &options, &err) == 0);
    CU_ASSERT(reader_next(reader, &arena, &report, &err) == 1);
    CU_ASSERT(report.rejected && ends_like(report.id, "/s.jsonl"));
    arena_reset(&arena);
    CU_ASSERT(reader_next(reader, &arena, &report, &err) == 1);
    CU_ASSERT(!report.rejected && slice_is(report.text, "b"));
    CU_ASSERT(reader_next(reader, &arena, &report, &err) == 0);
    CU_ASSERT(reader_next(reader, &arena, &report, &err) == 0);
    reader_free(reader);
    arena_free(&arena);
}

void suite_reader(void)
{
    CU_pSuite suite = CU_add_suite("reader", start, stop);
    CU_add_test(suite, "text with a header", text_header);
    CU_add_test(suite, "text without a header", text_without_header);
    CU_add_test(suite, "form feeds", form_feeds);
    CU_add_test(suite, "JSON lines", json_lines);
    CU_add_test(suite, "gaps filled", gaps_filled);
    CU_add_test(suite, "bad files", bad_files);
    CU_add_test(suite, "dirty text", dirty_text);
    CU_add_test(suite, "unreadable paths", unreadable_paths);
    CU_add_test(suite, "directories", directories);
    CU_add_test(suite, "pipes", pipes);
    CU_add_test(suite, "limit", limit);
    CU_add_test(suite, "endless line", endless_line);
    CU_add_test(suite, "shrinking file", shrinking_file);
    CU_add_test(suite, "small arena", small_arena);
}
