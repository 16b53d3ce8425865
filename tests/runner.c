/*
 * Runs the CUnit suites and prints "ok SUITE: TEST" or "not ok SUITE: TEST" with every failed
 * assertion below it. Arguments pick suites by name; without any, all run.
 */
#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUITE(name) void suite_##name(void);
#include "suites.h"
#undef SUITE

static const struct suite {
    const char *name;
    void (*add)(void);
} SUITES[] = {
#define SUITE(name) {#name, suite_##name},
#include "suites.h"
#undef SUITE
    {NULL, NULL},
};

static bool suite_is_wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0)
            return true;
    }
    return argc < 2;
}

static bool suite_is_known(const char *name)
{
    for (const struct suite *s = SUITES; s->name != NULL; s++) {
        if (strcmp(s->name, name) == 0)
            return true;
    }
    return false;
}

static void test_done(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord failure)
{
    printf("%s %s: %s\n", failure == NULL ? "ok" : "not ok", suite->pName, test->pName);
    for (CU_pFailureRecord f = failure; f != NULL; f = f->pNext) {
        printf("    %s:%u: %s\n", f->strFileName, f->uiLineNumber, f->strCondition);
    }
    fflush(stdout);
}

static void suite_setup_failed(const CU_pSuite suite)
{
    printf("not ok %s: setup\n", suite->pName);
}

static void suite_cleanup_failed(const CU_pSuite suite)
{
    printf("not ok %s: cleanup\n", suite->pName);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!suite_is_known(argv[i])) {
            fprintf(stderr, "tests: no suite '%s'\n", argv[i]);
            return 2;
        }
    }
    if (CU_initialize_registry() != CUE_SUCCESS) {
        fprintf(stderr, "tests: %s\n", CU_get_error_msg());
        return 2;
    }
    CU_set_test_complete_handler(test_done);
    CU_set_suite_init_failure_handler(suite_setup_failed);
    CU_set_suite_cleanup_failure_handler(suite_cleanup_failed);
    for (const struct suite *s = SUITES; s->name != NULL; s++) {
        if (suite_is_wanted(s->name, argc, argv))
            s->add();
    }
    /* An error here is a suite or test that could not be registered: it would be silently lost. */
    bool broken = CU_get_error() != CUE_SUCCESS;
    if (broken)
        printf("not ok registry: %s\n", CU_get_error_msg());
    CU_run_all_tests();
    broken = broken || CU_get_number_of_failure_records() > 0;
    CU_cleanup_registry();
    return broken ? EXIT_FAILURE : EXIT_SUCCESS;
}
