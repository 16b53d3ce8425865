#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "extract/gazetteer_index.h"
#include "place_index.h"

void suite_gazetteer(void);

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

/* The kinds and ids a name stands for: "region -22, district -6104, settlement 2"; "" when none. */
static const char *find(const char *name)
{
    static const char *const kinds[] = {"country", "region", "district", "settlement", "area"};
    static char text[512];
    struct place_candidates c = {0};
    text[0] = 0;
    if (!gazetteer_find(index_.gazetteer, slice_of(name), &c))
        return text;
    size_t len = 0;
    for (size_t k = 0; k < c.n; k++) {
        unsigned flags;
        const struct gazetteer_place *p = gazetteer_candidate(index_.gazetteer, &c, k, &flags);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s %lld%s%s", k ? ", " : "",
                                kinds[p->kind], (long long)p->id,
                                flags & CANDIDATE_DEMONYM ? " people" : "",
                                flags & CANDIDATE_ABBREVIATION ? " short" : "");
    }
    if (c.flags & NAME_AMBIGUOUS_WORD)
        snprintf(text + len, sizeof text - len, "?");
    return text;
}

static void finds_names_folded(void)
{
    static const struct {
        const char *name, *expect;
    } cases[] = {
        {"ternopil", "region -22, district -6104, settlement 2"},
        {"TERNOPIL OBLAST", "region -22"},
        {"Тернопільщина", "region -22"},
        {"тернопіль", "settlement 2"},
        {"Київ", "settlement 1"},
        {"Kiev", "settlement 1"},
        {"Ivano Frankivsk", "region -6, settlement 3"},
        {"Lodz", "region -36, settlement 13"},
        {"Marib", "region -35, settlement 12"},
        {"Ma'rib", "region -35, settlement 12"},
        {"Deir Ezzor", "settlement 11"},
        {"قندهار", "settlement 10"},
        {"St Louis", "settlement 14"},
        {"Saint Louis", "settlement 14"},
        {"Ukrainians", "country 0 people"},
        {"Ill.", "region -32 short"},
        {"Nice", "settlement 5?"},
        {"Springfield", "settlement 8, settlement 7"},
        {"Donbass", "area 0"},
        {"Atlantis", ""},
        {"", ""},
        {"UA", ""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *got = find(cases[k].name);
        if (strcmp(got, cases[k].expect) != 0)
            fprintf(stderr, "%s: expected '%s', got '%s'\n", cases[k].name, cases[k].expect, got);
        CU_ASSERT_STRING_EQUAL(got, cases[k].expect);
    }
}

static void gives_what_it_knows(void)
{
    const struct gazetteer *g = index_.gazetteer;
    struct place_candidates c;
    CU_ASSERT_FATAL(gazetteer_find(g, SLICE_LITERAL("Ternopol"), &c));
    const struct gazetteer_place *p = gazetteer_candidate(g, &c, 0, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    CU_ASSERT(slice_is(gazetteer_text(g, p->name), "Ternopil"));
    CU_ASSERT(slice_is(gazetteer_region_name(g, p), "Ternopil"));
    CU_ASSERT(slice_is(gazetteer_country_name(g, p), "Ukraine"));
    CU_ASSERT(slice_is(gazetteer_text(g, p->zone), "Europe/Kyiv"));
    CU_ASSERT_EQUAL(p->lat, 4955404);
    CU_ASSERT_EQUAL(p->lon, 2559067);
    CU_ASSERT_EQUAL(p->flags, PLACE_LOCATED | PLACE_SEAT);
    CU_ASSERT_EQUAL(memcmp(p->country_code, "UA", 2), 0);
    CU_ASSERT_PTR_NULL(gazetteer_place_at(g, PLACE_NONE));
    CU_ASSERT_PTR_NULL(gazetteer_candidate(g, &c, c.n, NULL));
}

static void divisions_take_after_their_seat(void)
{
    const struct gazetteer *g = index_.gazetteer;
    const struct gazetteer_place *p =
        gazetteer_place_at(g, gazetteer_find_code(g, SLICE_LITERAL("UA.22")));
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    CU_ASSERT_EQUAL(p->kind, GAZETTEER_REGION);
    CU_ASSERT_EQUAL(p->lat, 4955404); /* of Ternopil, not of Novosilka */
    CU_ASSERT_EQUAL(p->population, 235676 + 900 + 800);
    CU_ASSERT(slice_is(gazetteer_text(g, p->zone), "Europe/Kyiv"));
    p = gazetteer_place_at(g, gazetteer_find_code(g, SLICE_LITERAL("US")));
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    CU_ASSERT(slice_is(gazetteer_text(g, p->zone), "America/Chicago"));
    CU_ASSERT_EQUAL(gazetteer_find_code(g, SLICE_LITERAL("UA.99")), PLACE_NONE);
    CU_ASSERT_EQUAL(gazetteer_find_code(g, SLICE_NONE), PLACE_NONE);
}

/* Every name in a text, "Kyiv/1 U.S./3": as written and in tokens. */
static const char *match_all(const char *text)
{
    static char out[1024];
    struct arena arena;
    struct vocabulary *vocabulary;
    struct document doc;
    struct error err = {0};
    arena_init(&arena, 1 << 24);
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&vocabulary, &err), 0);
    CU_ASSERT_EQUAL_FATAL(document_make(&arena, vocabulary, slice_of(text), 0, &doc, &err), 0);
    size_t len = 0;
    out[0] = 0;
    for (size_t i = 0; i < doc.n_tokens;) {
        struct place_candidates c;
        size_t n = gazetteer_match(index_.gazetteer, &doc, i, doc.n_tokens, &c);
        if (n) {
            struct slice s = token_span(&doc, i, i + n - 1);
            len += (size_t)snprintf(out + len, sizeof out - len, "%s%.*s/%zu", len ? " " : "",
                                    SLICE_ARG(s), n);
        }
        i += n ? n : 1;
    }
    vocabulary_free(vocabulary);
    arena_free(&arena);
    return out;
}

static void matches_the_longest_name(void)
{
    static const struct {
        const char *text, *expect;
    } cases[] = {
        {"Shelling of Ternopil Oblast and of Kyiv's suburbs", "Ternopil Oblast/2 Kyiv/1"},
        {"in Ivano-Frankivsk, Ivano Frankivsk", "Ivano-Frankivsk/3 Ivano Frankivsk/2"},
        {"the ternopil plant, kyiv", ""},
        {"IN TERNOPIL OBLAST", "IN/1 TERNOPIL OBLAST/2"},
        {"in St. Louis and St Louis", "St. Louis/3 St Louis/2"},
        {"near Ma’rib or Ma'rib", "Ma’rib/1 Ma'rib/1"},
        {"Kyiv, Ukraine", "Kyiv/1 Ukraine/1"},
        {"Ternopil, Oblast", "Ternopil/1"},
        {"Deir\nEzzor", "Deir\nEzzor/2"},
        {"a Kyiv-based firm", "Kyiv/1"},
        {"вибух у Києві та Київ", "Київ/1"},
        {"انفجار قندهار", "قندهار/1"},
        {"U.S. troops left Afghanistan", "U.S./1 Afghanistan/1"},
        {"Black Sea", "Black Sea/2"},
        {"Black", ""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *got = match_all(cases[k].text);
        if (strcmp(got, cases[k].expect) != 0)
            fprintf(stderr, "%s: expected '%s', got '%s'\n", cases[k].text, cases[k].expect, got);
        CU_ASSERT_STRING_EQUAL(got, cases[k].expect);
    }
}

static void never_reads_past_the_end(void)
{
    struct arena arena;
    struct vocabulary *vocabulary;
    struct document doc;
    struct place_candidates c;
    struct error err = {0};
    arena_init(&arena, 1 << 24);
    CU_ASSERT_EQUAL_FATAL(vocabulary_new(&vocabulary, &err), 0);
    CU_ASSERT_EQUAL_FATAL(
        document_make(&arena, vocabulary, SLICE_LITERAL("Ternopil Oblast"), 0, &doc, &err), 0);
    CU_ASSERT_EQUAL(gazetteer_match(index_.gazetteer, &doc, 0, 2, &c), 2);
    CU_ASSERT_EQUAL(gazetteer_match(index_.gazetteer, &doc, 0, 1, &c), 1);
    CU_ASSERT_EQUAL(gazetteer_match(index_.gazetteer, &doc, 1, 1, &c), 0);
    vocabulary_free(vocabulary);
    arena_free(&arena);
}

/* Opens a copy of the index with byte `offset` changed and the last `cut` bytes gone. */
static enum error_code open_damaged(size_t offset, size_t cut)
{
    static char bytes[1 << 20];
    FILE *file = fopen(index_.path, "rb");
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    bytes[offset] = (char)(bytes[offset] ^ 0x55);
    char path[160];
    snprintf(path, sizeof path, "%s/damaged", index_.folder);
    file = fopen(path, "wb");
    fwrite(bytes, 1, size - cut, file);
    fclose(file);
    struct error err = {0};
    struct gazetteer *g;
    if (gazetteer_open(&g, path, &err) == 0) {
        struct place_candidates c;
        (void)gazetteer_find(g, SLICE_LITERAL("Ternopil"), &c); /* must not crash */
        gazetteer_free(g);
    }
    unlink(path);
    return err.code;
}

static void refuses_what_is_no_index(void)
{
    struct error err = {0};
    struct gazetteer *g;
    CU_ASSERT_EQUAL(gazetteer_open(&g, "/nonexistent/places.idx", &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_IO);
    CU_ASSERT_EQUAL(gazetteer_open(&g, index_.folder, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_CONFIG);
    CU_ASSERT_EQUAL(open_damaged(0, 0), ERROR_CONFIG); /* magic */
    CU_ASSERT_EQUAL(open_damaged(offsetof(struct index_header, version), 0), ERROR_CONFIG);
    CU_ASSERT_EQUAL(open_damaged(offsetof(struct index_header, n_slots), 0), ERROR_CONFIG);
    CU_ASSERT_EQUAL(open_damaged(offsetof(struct index_header, strings) + 6, 0), ERROR_CONFIG);
    CU_ASSERT_EQUAL(open_damaged(sizeof(struct index_header) + 1, 8), ERROR_CONFIG); /* cut */
    for (size_t k = sizeof(struct index_header); k < 60000; k += 1117)
        (void)open_damaged(k, 0); /* damage inside is not noticed, and harmless */
}

void suite_gazetteer(void)
{
    CU_pSuite suite = CU_add_suite("gazetteer", make_index, remove_index);
    CU_add_test(suite, "finds names folded", finds_names_folded);
    CU_add_test(suite, "gives what it knows", gives_what_it_knows);
    CU_add_test(suite, "divisions take after their seat", divisions_take_after_their_seat);
    CU_add_test(suite, "matches the longest name", matches_the_longest_name);
    CU_add_test(suite, "never reads past the end", never_reads_past_the_end);
    CU_add_test(suite, "refuses what is no index", refuses_what_is_no_index);
}
