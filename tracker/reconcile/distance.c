#include "reconcile/distance.h"

#include <stdlib.h>

/* cos(0) .. cos(90) in whole degrees, times 10,000. */
static const int32_t COSINES[91] = {
    10000, 9998, 9994, 9986, 9976, 9962, 9945, 9925, 9903, 9877, 9848, 9816, 9781, 9744, 9703, 9659,
    9613,  9563, 9511, 9455, 9397, 9336, 9272, 9205, 9135, 9063, 8988, 8910, 8829, 8746, 8660, 8572,
    8480,  8387, 8290, 8192, 8090, 7986, 7880, 7771, 7660, 7547, 7431, 7314, 7193, 7071, 6947, 6820,
    6691,  6561, 6428, 6293, 6157, 6018, 5878, 5736, 5592, 5446, 5299, 5150, 5000, 4848, 4695, 4540,
    4384,  4226, 4067, 3907, 3746, 3584, 3420, 3256, 3090, 2924, 2756, 2588, 2419, 2250, 2079, 1908,
    1736,  1564, 1392, 1219, 1045, 872,  698,  523,  349,  175,  0,
};

/* Metres of 1e-5 degree of a great circle of 40,075,017 m. */
#define METRES_NUMERATOR INT64_C(1113195)
#define METRES_DENOMINATOR INT64_C(1000000)
#define DEGREE 100000
#define TURN (360 * (int64_t)DEGREE)

/* cos of a latitude, times 10,000, between the table's lines. */
static int64_t cosine(int64_t lat)
{
    lat = llabs(lat);
    if (lat >= 90 * (int64_t)DEGREE)
        return 0;
    int64_t degree = lat / DEGREE, rest = lat % DEGREE;
    return (COSINES[degree] * (DEGREE - rest) + COSINES[degree + 1] * rest) / DEGREE;
}

int64_t distance_squared(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b)
{
    int64_t north = llabs((int64_t)lat_a - lat_b);
    int64_t east = llabs((int64_t)lon_a - lon_b) % TURN;
    if (east > TURN / 2)
        east = TURN - east;
    east = east * cosine(((int64_t)lat_a + lat_b) / 2) / 10000;
    north = north < TURN ? north : TURN; /* rows may be wrong */
    north = north * METRES_NUMERATOR / METRES_DENOMINATOR;
    east = east * METRES_NUMERATOR / METRES_DENOMINATOR;
    return north * north + east * east;
}
