#include <CUnit/CUnit.h>
#include <stdio.h>

#include "text/fold_ascii.h"

void suite_fold_ascii(void);

static void test_names(void)
{
    static const struct {
        const char *name, *folded;
    } cases[] = {
        {"Kherson", "kherson"},
        {"  Az-Zāwiyah (west) ", "az zawiyah west"},
        {"SÃO PAULO", "sao paulo"},
        {"Kyiv's 3rd--district", "kyiv s 3rd district"},
        {"ﬁeld №5 ½", "field no5 12"}, /* a ligature, a sign and a fraction come apart; the
                                          fraction's own stroke goes */
        {"Херсон", ""},
        {"Херсон Kherson", "kherson"},
        {"Łódź", "odz"}, /* no decomposition takes the stroke off */
        {"a\xff\xfe"
         "b",
         "ab"},
        {"", ""},
        {" - ", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out;
        buffer_init(&out, 1024);
        fold_ascii(&out, slice_of(cases[i].name));
        if (!slice_is(buffer_slice(&out), cases[i].folded))
            fprintf(stderr, "%s: got '%.*s'\n", cases[i].name, SLICE_ARG(buffer_slice(&out)));
        CU_ASSERT(slice_is(buffer_slice(&out), cases[i].folded));
        buffer_free(&out);
    }
}

void suite_fold_ascii(void)
{
    CU_pSuite suite = CU_add_suite("fold_ascii", NULL, NULL);
    CU_add_test(suite, "names", test_names);
}
