#include <glib.h>
#include <string.h>

#include "extract/times.h"

#define ZONE_NAME_MAX 64
#define SECONDS_A_DAY 86400

/* Zones that were renamed: tz databases before the change know only the old name, and some
 * packages leave the old one out. */
static const struct {
    const char *name;
    const char *other;
} RENAMED[] = {
    {"Europe/Kyiv", "Europe/Kiev"},     {"Europe/Kiev", "Europe/Kyiv"},
    {"Asia/Kolkata", "Asia/Calcutta"},  {"Asia/Yangon", "Asia/Rangoon"},
    {"Europe/Uzhgorod", "Europe/Kyiv"}, {"Europe/Zaporozhye", "Europe/Kyiv"},
};

/* A name is looked up as a file below the tz database: nothing that could leave that folder. */
static bool zone_name_is_safe(struct slice name)
{
    if (name.len == 0 || name.len >= ZONE_NAME_MAX)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!g_ascii_isalnum(c) && c != '/' && c != '_' && c != '-' && c != '+')
            return false;
    }
    return name.ptr[0] != '/';
}

static GTimeZone *zone_open(const char *name)
{
    GTimeZone *zone = g_time_zone_new_identifier(name);
    for (size_t i = 0; !zone && i < G_N_ELEMENTS(RENAMED); i++)
        if (strcmp(RENAMED[i].name, name) == 0)
            zone = g_time_zone_new_identifier(RENAMED[i].other);
    return zone ? zone : g_time_zone_new_utc();
}

/* GLib's own data set, which it locks, keeps every zone once opened, under the address of its
 * interned name: reading a zone file takes a thousand times longer than asking it. Two threads that
 * open one zone at the same time both keep theirs, so none is freed under the other. */
static GTimeZone *zone_get(struct slice name)
{
    char text[ZONE_NAME_MAX];
    memcpy(text, name.ptr, name.len); /* shorter: see zone_name_is_safe */
    text[name.len] = '\0';
    const char *key = g_intern_string(text);
    GTimeZone *zone = g_dataset_get_data(key, "tracker-zone");
    if (!zone) {
        zone = zone_open(key);
        g_dataset_set_data(key, "tracker-zone", zone);
    }
    return zone;
}

int32_t zone_offset(struct slice name, day_number day, int32_t seconds)
{
    if (day == DAY_NONE || !zone_name_is_safe(name))
        return 0;
    GTimeZone *zone = zone_get(name);
    gint64 local = (gint64)day * SECONDS_A_DAY + seconds;
    gint interval = g_time_zone_adjust_time(zone, G_TIME_TYPE_STANDARD, &local);
    return interval < 0 ? 0 : g_time_zone_get_offset(zone, interval);
}
