#include "base/digest.h"

#include <CUnit/CUnit.h>

void suite_digest(void);

static void test_known_values(void)
{
    /* FIPS 180-4 examples. */
    static const struct {
        const char *text;
        const char *hex;
    } CASES[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char hex[2 * DIGEST_SIZE + 1];
        struct digest digest = digest_bytes(CASES[i].text, strlen(CASES[i].text));
        digest_hex(&digest, hex);
        CU_ASSERT_STRING_EQUAL(hex, CASES[i].hex);
    }
}

static void test_parts_are_told_apart(void)
{
    const struct slice one[] = {SLICE_LITERAL("ab"), SLICE_LITERAL("c")};
    const struct slice two[] = {SLICE_LITERAL("a"), SLICE_LITERAL("bc")};
    const struct slice framed = SLICE_LITERAL("\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\1c");
    struct digest a = digest_of(one, 2), b = digest_of(two, 2);
    struct digest plain = digest_bytes(framed.ptr, framed.len);
    CU_ASSERT_NOT_EQUAL(memcmp(&a, &b, sizeof a), 0);
    CU_ASSERT_EQUAL(memcmp(&a, &plain, sizeof a), 0);
}

static void test_id(void)
{
    struct digest digest = {{0}};
    CU_ASSERT_EQUAL(digest_id(&digest), 1);
    memset(&digest, 0xff, sizeof digest);
    CU_ASSERT_EQUAL(digest_id(&digest), INT64_MAX);
    digest = digest_bytes("abc", 3);
    CU_ASSERT_EQUAL(digest_id(&digest), INT64_C(0xba7816bf8f01cfea >> 1));
}

void suite_digest(void)
{
    CU_pSuite suite = CU_add_suite("digest", NULL, NULL);
    CU_add_test(suite, "published values", test_known_values);
    CU_add_test(suite, "parts are told apart", test_parts_are_told_apart);
    CU_add_test(suite, "ids are positive", test_id);
}
