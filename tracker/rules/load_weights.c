/* format: strike-reconcile/1: the weights and limits of reconciliation, by group and name. */
#include "rules/load.h"

#define MOST_WEIGHT 100000 /* milli-bits: no observation is worth a hundred bits */

static struct slice *group_names(struct loading *load, size_t *n)
{
    struct slice *names = load_array(load, n_weight_settings, sizeof *names);
    *n = 0;
    for (size_t i = 0; names && i < n_weight_settings; i++)
        if (!*n || !slice_is(names[*n - 1], weight_settings[i].group))
            names[(*n)++] = slice_of(weight_settings[i].group);
    return names;
}

/* The setting of that name in a group, or NULL with an error. */
static const struct weight_setting *setting_find(struct loading *load, struct slice group,
                                                 const struct yaml_node *name)
{
    struct slice *names = load_array(load, n_weight_settings, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; names && i < n_weight_settings; i++) {
        if (!slice_is(group, weight_settings[i].group))
            continue;
        if (slice_is(name->text, weight_settings[i].name))
            return &weight_settings[i];
        names[n++] = slice_of(weight_settings[i].name);
    }
    load_unknown(load, name, "setting", names, n);
    return NULL;
}

/* `{0: 200, 1: 600}`: from which size on which weight. */
static void load_table(struct loading *load, const struct weight_setting *setting,
                       const struct yaml_node *node)
{
    struct weight_step *table = weight_table(&load->ruleset->weights, setting);
    int64_t before = -1;
    if (node->kind != YAML_MAP || node->n == 0 || node->n > WEIGHT_STEPS) {
        load_error(load, node, NULL, "expected 1 to %d pairs 'size: weight'", WEIGHT_STEPS);
        return;
    }
    for (size_t i = 0; i < WEIGHT_STEPS; i++)
        table[i] = (struct weight_step){0, 0};
    for (size_t i = 0; i < node->n; i++) {
        int64_t from = 0, weight = 0;
        if (!load_int(load, &node->keys[i], 0, INT64_C(1000000000000), &from) ||
            !load_int(load, &node->items[i], -MOST_WEIGHT, MOST_WEIGHT, &weight))
            return;
        if (from <= before || (i == 0 && from != 0)) {
            load_error(load, &node->keys[i], NULL, "sizes begin at 0 and rise");
            return;
        }
        before = from;
        table[i] = (struct weight_step){from, (int32_t)weight};
    }
}

static void load_setting(struct loading *load, const struct weight_setting *setting,
                         const struct yaml_node *node)
{
    static const struct {
        int64_t low, high;
    } BOUNDS[] = {
        [WEIGHT_INT32] = {-MOST_WEIGHT, 10000000},
        [WEIGHT_UINT32] = {1, 1000000},
        [WEIGHT_INT64] = {0, 1000000000},
        [WEIGHT_UINT8] = {1, 9},
    };
    int64_t value = 0;
    if (setting->kind == WEIGHT_TABLE)
        load_table(load, setting, node);
    else if (load_int(load, node, BOUNDS[setting->kind].low, BOUNDS[setting->kind].high, &value))
        weight_set(&load->ruleset->weights, setting, value);
}

void load_weights_file(struct loading *load, const struct rule_file *file)
{
    size_t n = 0;
    struct slice *groups = group_names(load, &n);
    for (size_t i = 0; groups && i < file->root->n && !load->full; i++) {
        const struct yaml_node *key = &file->root->keys[i], *group = &file->root->items[i];
        size_t g = 0;
        if (slice_is(key->text, "format"))
            continue;
        while (g < n && !slice_equal(groups[g], key->text))
            g++;
        if (g == n) {
            load_unknown(load, key, "group", groups, n);
            continue;
        }
        if (group->kind != YAML_MAP) {
            load_error(load, group, NULL, "expected lines 'setting: value'");
            continue;
        }
        for (size_t k = 0; k < group->n && !load->full; k++) {
            const struct weight_setting *setting = setting_find(load, key->text, &group->keys[k]);
            if (setting)
                load_setting(load, setting, &group->items[k]);
        }
    }
}
