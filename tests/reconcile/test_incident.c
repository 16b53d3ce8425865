#include "reconcile/incident.h"

#include <CUnit/CUnit.h>

void suite_incident(void);

/* The ids stand in the database: they must never change. */
static void region_ids_are_fixed(void)
{
    CU_ASSERT(region_id_of(SLICE_NONE) > 0);
    CU_ASSERT_EQUAL(region_id_of(SLICE_LITERAL("")), region_id_of(SLICE_NONE));
    CU_ASSERT_NOT_EQUAL(region_id_of(SLICE_LITERAL("UA")), region_id_of(SLICE_LITERAL("UA.22")));
    CU_ASSERT_EQUAL(region_id_of(SLICE_LITERAL("UA")), INT64_C(1180850067804489625));
}

static void names_are_complete(void)
{
    for (int i = 0; i < FIGURE_STATES; i++)
        CU_ASSERT_PTR_NOT_NULL(figure_state_names[i]);
    for (int i = 0; i < GRADINGS; i++)
        CU_ASSERT_PTR_NOT_NULL(grading_names[i]);
}

void suite_incident(void)
{
    CU_pSuite suite = CU_add_suite("incident", NULL, NULL);
    CU_add_test(suite, "ids of regions are fixed", region_ids_are_fixed);
    CU_add_test(suite, "every state and grading has a name", names_are_complete);
}
