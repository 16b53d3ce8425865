/* format: strike-schema/1: the fields and their parts, and the words for weapons. */
#include "rules/load.h"

static const char *const TYPES[] = {"count", "place", "time", "source", NULL};
static const enum value_type TYPE_VALUES[] = {VALUE_COUNT, VALUE_PLACE, VALUE_TIME, VALUE_SOURCE};

/* Names stand in patterns, in JSON and in SQL alike. */
static bool is_field_name(struct slice s)
{
    bool good = s.len > 0 && s.len <= 40 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z';
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    }
    return good;
}

static void load_parts(struct loading *load, const struct yaml_node *node,
                       struct schema_field *field)
{
    size_t n = load_items(load, node, "parts");
    field->parts = load_array(load, n, sizeof *field->parts);
    for (size_t i = 0; field->parts && i < n && i < SCHEMA_NONE; i++) {
        const struct yaml_node *item = load_item(node, i);
        bool twice = false;
        for (uint16_t k = 0; k < field->n_parts; k++)
            twice |= slice_equal(field->parts[k], item->text);
        if (twice)
            load_error(load, item, NULL, "part '%.*s' is given twice", SLICE_ARG(item->text));
        else if (!is_field_name(item->text))
            load_error(load, item, NULL, "a part's name is of lower-case letters, digits and _");
        else
            field->parts[field->n_parts++] = item->text;
    }
}

static void load_field(struct loading *load, const struct yaml_node *name,
                       const struct yaml_node *node, struct schema_field *field)
{
    static const char *const KEYS[] = {"type", "parts", "people", "munition", NULL};
    *field = (struct schema_field){.name = name->text, .type = VALUE_COUNT};
    if (!is_field_name(name->text))
        load_error(load, name, NULL, "a field's name is of lower-case letters, digits and _");
    if (!load_keys(load, node, "a field", KEYS))
        return;
    const struct yaml_node *type = yaml_get(node, "type"), *parts = yaml_get(node, "parts");
    int choice = type ? load_choice(load, type, "type", TYPES) : 0;
    field->type = TYPE_VALUES[choice < 0 ? 0 : choice];
    field->people = load_bool(load, node, "people");
    field->munition = load_bool(load, node, "munition");
    if (parts)
        load_parts(load, parts, field);
    if (field->people && field->munition)
        load_error(load, name, NULL, "a field counts people or munitions, not both");
    if (field->type != VALUE_COUNT && (field->people || field->munition || field->n_parts))
        load_error(load, name, NULL, "only a field of type count has parts, people or munition");
}

static void check_weapons(struct loading *load)
{
    const struct schema *schema = &load->ruleset->schema;
    for (size_t i = 0; load->weapons && i < load->weapons->n; i++) {
        const struct yaml_node *key = &load->weapons->keys[i];
        uint16_t field = schema_find(schema, key->text);
        if (field == SCHEMA_NONE || !schema->fields[field].munition)
            load_error(load, key, "give the field 'munition: true'",
                       "'%.*s' is no field that counts munitions", SLICE_ARG(key->text));
    }
}

void load_schema(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format", "fields", "weapons", NULL};
    struct schema *schema = &load->ruleset->schema;
    load_keys(load, file->root, "a strike-schema file", KEYS);
    const struct yaml_node *fields = load_map(load, file->root, "fields");
    load->weapons = load_map(load, file->root, "weapons");
    if (!fields || fields->n == 0 || fields->n >= SCHEMA_NONE) {
        load_error(load, file->root, NULL, "'fields' is missing or empty");
        return;
    }
    schema->fields = load_array(load, fields->n, sizeof *schema->fields);
    for (size_t i = 0; schema->fields && i < fields->n; i++) {
        load_field(load, &fields->keys[i], &fields->items[i], &schema->fields[i]);
        schema->n_fields++;
    }
    check_weapons(load);
}

/* The weapons' words in the forms of a language: $drones, $missiles. */
void load_weapons(struct loading *load, struct language *language)
{
    symbols_add_lists(load, &language->symbols, load->weapons);
}
