#include <CUnit/CUnit.h>
#include <stdio.h>

#include "pipeline/claim_changes.h"

void suite_claim_changes(void);

static struct arena arena;
static struct error err;

static int start(void)
{
    arena_init(&arena, (size_t)16 << 20);
    return 0;
}

static int stop(void)
{
    arena_free(&arena);
    return 0;
}

/* Two rule sets that number their fields differently. */
static struct slice PARTS[] = {SLICE_LITERAL("child")};
static struct schema_field OLD_FIELDS[] = {
    {.name = SLICE_LITERAL("killed"), .parts = PARTS, .n_parts = 1},
    {.name = SLICE_LITERAL("wounded")}};
static struct schema_field NEW_FIELDS[] = {
    {.name = SLICE_LITERAL("wounded")},
    {.name = SLICE_LITERAL("killed"), .parts = PARTS, .n_parts = 1}};
static const struct schema OLD = {OLD_FIELDS, 2}, NEW = {NEW_FIELDS, 2};
static const struct rule RULE_A = {.name = {"a", 1}}, RULE_B = {.name = {"b", 1}};
static const struct source_mention POLICE = {.name = {"police", 6}};

static struct claim claim_of(uint16_t field, uint16_t part, int64_t number, uint32_t from,
                             uint32_t to)
{
    return (struct claim){.field = field,
                          .part = part,
                          .count = {number, number, number, QUALIFIER_EXACT},
                          .start = from,
                          .end = to,
                          .rule = &RULE_A,
                          .event = UINT32_MAX};
}

/* "+5 -5 ~9": kind and first byte of each change. */
static const char *changes(struct claim *olds, size_t n_olds, struct claim *news, size_t n_news)
{
    static char text[256];
    struct extraction old = {.claims = {.items = olds, .n = n_olds}},
                      new = {.claims = {.items = news, .n = n_news}};
    const struct reading_of_report from = {&OLD, &old}, to = {&NEW, &new};
    struct claim_change *found;
    size_t n, len = 0;
    text[0] = '\0';
    CU_ASSERT_EQUAL_FATAL(claims_compare(&arena, &from, &to, &found, &n, &err), 0);
    for (size_t i = 0; i < n; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%c%u", i ? " " : "",
                                "+-~"[found[i].kind],
                                (found[i].new ? found[i].new : found[i].old) -> start);
    return text;
}

static void test_pairs(void)
{
    struct claim olds[] = {claim_of(0, SCHEMA_NONE, 3, 5, 12), claim_of(1, SCHEMA_NONE, 4, 20, 30),
                           claim_of(0, 0, 1, 40, 48)};
    struct claim news[] = {claim_of(1, SCHEMA_NONE, 3, 5, 12), claim_of(0, SCHEMA_NONE, 4, 20, 30),
                           claim_of(1, 0, 1, 40, 48)};
    CU_ASSERT_STRING_EQUAL(changes(olds, 3, news, 3), "");
    CU_ASSERT_STRING_EQUAL(changes(olds, 0, news, 3), "+5 +20 +40");
    CU_ASSERT_STRING_EQUAL(changes(olds, 3, news, 0), "-5 -20 -40");
    news[2].part = SCHEMA_NONE; /* the part became a total: one lost, one gained */
    CU_ASSERT_STRING_EQUAL(changes(olds, 3, news, 3), "+40 -40");
}

static void test_altered(void)
{
    struct claim old = claim_of(0, SCHEMA_NONE, 3, 5, 12), new = claim_of(1, SCHEMA_NONE, 3, 5, 12);
    new.rule = &RULE_B;
    CU_ASSERT_STRING_EQUAL(changes(&old, 1, &new, 1), ""); /* another rule, the same claim */
    new.end = 20;
    CU_ASSERT_STRING_EQUAL(changes(&old, 1, &new, 1), ""); /* more of the words */
    new.count.high = COUNT_OPEN;
    CU_ASSERT_STRING_EQUAL(changes(&old, 1, &new, 1), "~5");
    new = claim_of(1, SCHEMA_NONE, 3, 5, 12);
    new.role = CLAIM_ELSEWHERE;
    CU_ASSERT_STRING_EQUAL(changes(&old, 1, &new, 1), "~5");
    new = claim_of(1, SCHEMA_NONE, 3, 5, 12);
    new.doubt = DOUBT_DENIED;
    CU_ASSERT_STRING_EQUAL(changes(&old, 1, &new, 1), "~5");
    new = claim_of(1, SCHEMA_NONE, 3, 5, 12);
    new.claimant = &POLICE;
    CU_ASSERT_STRING_EQUAL(changes(&old, 1, &new, 1), "~5");
    new = claim_of(1, SCHEMA_NONE, 3, 12, 20); /* side by side is not the same stretch */
    CU_ASSERT_STRING_EQUAL(changes(&old, 1, &new, 1), "-5 +12");
}

/* The equal stretch is the partner, even when one that overlaps comes first. */
static void test_exact_first(void)
{
    struct claim olds[] = {claim_of(0, SCHEMA_NONE, 3, 5, 30), claim_of(0, SCHEMA_NONE, 3, 20, 30)};
    struct claim news[] = {claim_of(1, SCHEMA_NONE, 3, 20, 30)};
    CU_ASSERT_STRING_EQUAL(changes(olds, 2, news, 1), "-5");
}

void suite_claim_changes(void)
{
    CU_pSuite suite = CU_add_suite("claim_changes", start, stop);
    CU_add_test(suite, "pairs", test_pairs);
    CU_add_test(suite, "altered", test_altered);
    CU_add_test(suite, "exact first", test_exact_first);
}
