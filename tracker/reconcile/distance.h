#ifndef TRACKER_RECONCILE_DISTANCE_H
#define TRACKER_RECONCILE_DISTANCE_H

#include <stdint.h>

/* The square of the distance of two points (1e-5 degrees, WGS 84) in square metres, by the
 * equirectangular approximation in integers: within 1 % below 100 km outside the polar circles.
 * Symmetric. Distances beyond some 10,000 km are understated, never overflow. */
int64_t distance_squared(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b);

#endif
