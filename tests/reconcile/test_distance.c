#include "reconcile/distance.h"

#include <CUnit/CUnit.h>

void suite_distance(void);

/* Distances of great circles by hand, in metres; the approximation keeps within a percent. */
static void known_distances(void)
{
    static const struct {
        int32_t lat_a, lon_a, lat_b, lon_b;
        int64_t metres;
    } cases[] = {
        {0, 0, 0, 0, 0},
        {5000000, 3000000, 5010000, 3000000, 11132},     /* a tenth of a degree north */
        {0, 0, 0, 10000, 11132},                         /* and east at the equator */
        {6000000, 3000000, 6000000, 3010000, 5566},      /* half of it at 60 degrees */
        {-3500000, 17999000, -3500000, -17999000, 1824}, /* over the date line */
        {5045466, 3052380, 4998081, 3625272, 411000},    /* Kyiv to Kharkiv */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t low = cases[i].metres * 99 / 100, high = cases[i].metres * 101 / 100 + 1;
        int64_t there =
            distance_squared(cases[i].lat_a, cases[i].lon_a, cases[i].lat_b, cases[i].lon_b);
        int64_t back =
            distance_squared(cases[i].lat_b, cases[i].lon_b, cases[i].lat_a, cases[i].lon_a);
        CU_ASSERT(there >= low * low && there <= high * high);
        CU_ASSERT_EQUAL(there, back);
    }
}

static void hostile_coordinates(void)
{
    CU_ASSERT(distance_squared(INT32_MAX, INT32_MIN, INT32_MIN, INT32_MAX) >= 0);
    CU_ASSERT(distance_squared(9000000, 0, 9000000, 18000000) >= 0);
}

void suite_distance(void)
{
    CU_pSuite suite = CU_add_suite("distance", NULL, NULL);
    CU_add_test(suite, "known distances", known_distances);
    CU_add_test(suite, "coordinates outside the world", hostile_coordinates);
}
