#ifndef TRACKER_RULES_SCHEMA_H
#define TRACKER_RULES_SCHEMA_H

#include <stdint.h>

#include "base/slice.h"

/* What a `<field>` of a pattern may stand for. */
enum value_type {
    VALUE_NUMBER, /* a bare number: only in the shared files (<number>, <low>, <high>, <day>, <hour>
                     ...) */
    VALUE_COUNT,  /* a count with bounds, perhaps with the people it counts */
    VALUE_PLACE,
    VALUE_TIME,
    VALUE_SOURCE,
    VALUE_TYPES
};

/* A field as schema.yml declares it: `killed`, `wounded`, `drones`, `place`, ... */
struct schema_field {
    struct slice name;
    enum value_type type;
    struct slice *parts; /* "civilian", "child", ...; "intercepted", "lost" */
    uint16_t n_parts;
    bool people;   /* counts people (killed, wounded, missing): a person phrase may stand for the
                      count */
    bool munition; /* counts weapons launched (drones, missiles): belongs to waves */
};

struct schema {
    struct schema_field *fields; /* in the file's order; claims refer to them by index */
    uint16_t n_fields;
};

#define SCHEMA_NONE UINT16_MAX

/* The index of a field by name, or SCHEMA_NONE. */
uint16_t schema_find(const struct schema *schema, struct slice name);

/* The index of a part of a field, or SCHEMA_NONE. */
uint16_t schema_part(const struct schema *schema, uint16_t field, struct slice part);

#endif
