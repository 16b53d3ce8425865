#ifndef TRACKER_EXTRACT_PLACES_HOME_H
#define TRACKER_EXTRACT_PLACES_HOME_H

#include "extract/values.h"

/* Finds the town a report is from ("Chicago police said", "CHICAGO -") among its resolved mentions
 * and puts it into values->home, UINT32_MAX when nothing says it. What nothing else places and is a
 * quarter of it then counts under it, and keeps its own words as written: "the Hermosa
 * neighborhood", names the gazetteer lacks or knows only elsewhere. */
void places_home(struct report_values *values);

#endif
