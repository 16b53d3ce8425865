#include "rules/schema.h"

uint16_t schema_find(const struct schema *schema, struct slice name)
{
    for (uint16_t i = 0; i < schema->n_fields; i++) {
        if (slice_equal(schema->fields[i].name, name))
            return i;
    }
    return SCHEMA_NONE;
}

uint16_t schema_part(const struct schema *schema, uint16_t field, struct slice part)
{
    if (field >= schema->n_fields)
        return SCHEMA_NONE;
    const struct schema_field *f = &schema->fields[field];
    for (uint16_t i = 0; i < f->n_parts; i++) {
        if (slice_equal(f->parts[i], part))
            return i;
    }
    return SCHEMA_NONE;
}
