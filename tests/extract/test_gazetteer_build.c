#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "extract/gazetteer_build.h"
#include "place_index.h"

void suite_gazetteer_build(void);

static struct place_index index_;

static int make_index(void)
{
    place_index_make(&index_);
    return 0;
}

static int remove_index(void)
{
    place_index_remove(&index_);
    return 0;
}

static const char *output_path(void)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/output", index_.folder);
    return path;
}

static int build(struct error *err)
{
    const char *paths[] = {index_.folder};
    *err = (struct error){0};
    int result = gazetteer_build(paths, 1, output_path(), err);
    return result;
}

static size_t read_all(const char *path, char **bytes)
{
    struct stat st;
    CU_ASSERT_EQUAL_FATAL(stat(path, &st), 0);
    *bytes = malloc((size_t)st.st_size + 1);
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    size_t n = fread(*bytes, 1, (size_t)st.st_size, file);
    fclose(file);
    return n;
}

static void equal_input_gives_equal_bytes(void)
{
    struct error err;
    char *a, *b;
    CU_ASSERT_EQUAL_FATAL(build(&err), 0);
    size_t na = read_all(index_.path, &a), nb = read_all(output_path(), &b);
    CU_ASSERT_EQUAL(na, nb);
    CU_ASSERT(na == nb && memcmp(a, b, na) == 0);
    free(a);
    free(b);
    unlink(output_path());
}

/* A wrong row in other.txt (a dump) or another file is named with its line, and no index appears.
 */
static void a_wrong_row_is_named(void)
{
    static const struct {
        const char *file, *text;
        int line;
        const char *about;
    } cases[] = {
        {"other.txt", "# fine\n\n900\tX\tX\n", 3, "columns"},
        {"other.txt", "x\tX\t\t\t1\t1\tP\tPPL\tUA\t\t\t\t\t\t\t\t\t\t\n", 1, "column 1"},
        {"other.txt", "900\tX\t\t\t91\t1\tP\tPPL\tUA\t\t\t\t\t\t\t\t\t\t\n", 1, "column 5"},
        {"other.txt", "900\tX\t\t\t1\t1.2.3\tP\tPPL\tUA\t\t\t\t\t\t\t\t\t\t\n", 1, "column 6"},
        {"other.txt", "900\tX\t\t\t1\t1\tP\tPPL\tUkr\t\t\t\t\t\t\t\t\t\t\n", 1, "country"},
        {"other.txt", "900\t\t\t\t1\t1\tP\tPPL\tUA\t\t\t\t\t\t\t\t\t\t\n", 1, "name"},
        {"other.txt", "900\tX\t\t\t1\t1\tP\tPPL\tUA\t\t\t\t\t\t-5\t\t\t\t\n", 1, "column 15"},
        {"areas.tsv", "Donbas\t\t\tUA\tUA.77\t1\t1\n", 1, "unknown region"},
        {"areas.tsv", "\nDonbas\t\t\tQQ\t\t1\t1\n", 2, "unknown country"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct error err;
        place_index_write(&index_, cases[k].file, cases[k].text);
        CU_ASSERT_EQUAL(build(&err), -1);
        CU_ASSERT_EQUAL(err.code, ERROR_INPUT);
        CU_ASSERT_EQUAL(err.line, cases[k].line);
        CU_ASSERT_PTR_NOT_NULL(strstr(err.file, cases[k].file));
        CU_ASSERT_PTR_NOT_NULL(strstr(err.text, cases[k].about));
        CU_ASSERT_NOT_EQUAL(access(output_path(), F_OK), 0);
        place_index_write(&index_, cases[k].file,
                          strcmp(cases[k].file, "areas.tsv") == 0 ? "" : NULL);
    }
}

static void a_twice_named_division_is_refused(void)
{
    struct error err;
    place_index_write(&index_, "countries.extra.tsv", "UA\tUkraine\n");
    CU_ASSERT_EQUAL(build(&err), -1);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "twice"));
    place_index_write(&index_, "countries.extra.tsv", NULL);
}

static void a_failed_build_leaves_the_old_index(void)
{
    struct error err;
    CU_ASSERT_EQUAL_FATAL(build(&err), 0);
    place_index_write(&index_, "other.txt", "nonsense\n");
    CU_ASSERT_EQUAL(build(&err), -1);
    struct gazetteer *g;
    CU_ASSERT_EQUAL_FATAL(gazetteer_open(&g, output_path(), &err), 0);
    gazetteer_free(g);
    unlink(output_path());
    place_index_write(&index_, "other.txt", NULL);
}

static void files_may_be_missing_damaged_or_unwritable(void)
{
    struct error err = {0};
    const char *missing[] = {"/nonexistent/UA.txt"};
    CU_ASSERT_EQUAL(gazetteer_build(missing, 1, output_path(), &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_IO);
    const char *paths[] = {index_.folder};
    CU_ASSERT_EQUAL(gazetteer_build(paths, 1, "/nonexistent/out", &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_IO);
    CU_ASSERT_EQUAL(gazetteer_build(NULL, 0, output_path(), &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_USAGE);

    char path[160];
    char *bytes;
    snprintf(path, sizeof path, "%s/cut.tsv.gz", index_.folder);
    gzFile gz = gzopen(path, "wb");
    for (int k = 0; k < 4000; k++)
        gzprintf(gz, "# %d\n", k * 7919);
    gzclose(gz);
    size_t n = read_all(path, &bytes);
    FILE *file = fopen(path, "wb");
    fwrite(bytes, 1, n / 2, file);
    fclose(file);
    free(bytes);
    CU_ASSERT_EQUAL(build(&err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_IO);
    unlink(path);
}

static void one_id_counts_once_and_later_files_add(void)
{
    struct error err;
    struct gazetteer *g;
    struct place_candidates c;
    char text[4096];
    snprintf(text, sizeof text, "%s",
             place_index_row(2, "Elsewhere", "", "1", "1", "PPL", "UA", "22", 5, ""));
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
             place_index_row(901, "Zolochiv", "Золочів", "49.80", "24.90", "PPL", "UA", "15", 24000,
                             ""));
    place_index_write(&index_, "other.txt", text);
    CU_ASSERT_EQUAL_FATAL(build(&err), 0);
    CU_ASSERT_EQUAL_FATAL(gazetteer_open(&g, output_path(), &err), 0);
    CU_ASSERT(gazetteer_find(g, SLICE_LITERAL("ЗОЛОЧІВ"), &c));
    const struct gazetteer_place *p = gazetteer_candidate(g, &c, 0, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    CU_ASSERT_EQUAL(p->region, PLACE_NONE); /* UA.15 is no division this index knows */
    CU_ASSERT(slice_is(gazetteer_text(g, p->zone), "Europe/Kyiv")); /* its country's */
    bool first = gazetteer_find(g, SLICE_LITERAL("Elsewhere"), &c);
    bool second = gazetteer_find(g, SLICE_LITERAL("Тернопіль"), &c);
    CU_ASSERT_NOT_EQUAL(first, second);
    gazetteer_free(g);
    unlink(output_path());
    place_index_write(&index_, "other.txt", NULL);
}

/* The project's own gazetteer: complete, small and quick. */
static void the_real_one_builds(void)
{
    const char *paths[] = {"rules/places"};
    struct error err = {0};
    struct gazetteer *g;
    struct stat st;
    struct timespec a, b;
    if (access("rules/places/places.tsv.gz", R_OK) != 0)
        return; /* run from another folder */
    clock_gettime(CLOCK_MONOTONIC, &a);
    CU_ASSERT_EQUAL_FATAL(gazetteer_build(paths, 1, output_path(), &err), 0);
    clock_gettime(CLOCK_MONOTONIC, &b);
    CU_ASSERT(b.tv_sec - a.tv_sec < 60); /* under sanitizers; some 1.5 s without */
    CU_ASSERT_EQUAL_FATAL(stat(output_path(), &st), 0);
    CU_ASSERT(st.st_size < 60 * 1000 * 1000);
    CU_ASSERT_EQUAL_FATAL(gazetteer_open(&g, output_path(), &err), 0);
    CU_ASSERT(gazetteer_n_places(g) > 220000);
    static const char *const names[] = {"Ternopil",
                                        "Тернопільська область",
                                        "Тернопольская область",
                                        "Kharkov",
                                        "Kyiv region",
                                        "Dnipropetrovsk",
                                        "Gaza Strip",
                                        "West Bank",
                                        "Crimea",
                                        "Donbas",
                                        "Afghan",
                                        "Iraqis",
                                        "Deir Ezzor",
                                        "Nangarhar",
                                        "Calif.",
                                        "قطاع غزة",
                                        "Mykolaiv",
                                        "Kryvyi Rih",
                                        "Khan Yunis",
                                        "Cook County",
                                        "Odessa",
                                        "Sana'a"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        struct place_candidates c;
        if (!gazetteer_find(g, slice_of(names[k]), &c))
            fprintf(stderr, "not found: %s\n", names[k]);
        CU_ASSERT(gazetteer_find(g, slice_of(names[k]), &c));
    }
    for (uint32_t k = 0, countries = 0; k < gazetteer_n_places(g); k++) {
        const struct gazetteer_place *p = gazetteer_place_at(g, k);
        countries += p->kind == GAZETTEER_COUNTRY;
        if (k + 1 == gazetteer_n_places(g))
            CU_ASSERT(countries > 240);
    }
    gazetteer_free(g);
    unlink(output_path());
}

void suite_gazetteer_build(void)
{
    CU_pSuite suite = CU_add_suite("gazetteer_build", make_index, remove_index);
    CU_add_test(suite, "equal input gives equal bytes", equal_input_gives_equal_bytes);
    CU_add_test(suite, "a wrong row is named", a_wrong_row_is_named);
    CU_add_test(suite, "a twice named division is refused", a_twice_named_division_is_refused);
    CU_add_test(suite, "a failed build leaves the old index", a_failed_build_leaves_the_old_index);
    CU_add_test(suite, "files may be missing, damaged or unwritable",
                files_may_be_missing_damaged_or_unwritable);
    CU_add_test(suite, "one id counts once, later files add",
                one_id_counts_once_and_later_files_add);
    CU_add_test(suite, "the real one builds", the_real_one_builds);
}
