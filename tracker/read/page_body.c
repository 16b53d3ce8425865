#include "read/page_body.h"

#include "read/page_hints.h"

/* Characters of prose that make a part worth a look. */
#define SOME_PROSE 140

/* What a block of text costs, and what a character of a link costs beside the one it is. */
#define BLOCK_COST 30
#define LINK_COST 4

/* The least a lead has, without and with a name that says so. */
#define LEAD_MIN 40
#define NAMED_LEAD_MIN 15

static bool is_container(const struct html_tree *tree, uint32_t i)
{
    const struct html_node *node = &tree->nodes[i];
    return node->tag == HTML_ARTICLE || node->tag == HTML_MAIN ||
           slice_is(html_attribute(tree, i, ATTRIBUTE_ROLE), "main");
}

/* The only one of its kind that is shown, or 0. */
static uint32_t only_one(const struct page_layout *layout, enum html_tag tag)
{
    uint32_t found = 0;
    for (uint32_t i = 1; i < layout->tree->n_nodes; i++) {
        if (layout->tree->nodes[i].tag != tag || layout->parts[i].dropped)
            continue;
        if (found && !page_inside(layout, i, found))
            return 0;
        if (!found)
            found = i;
    }
    return found;
}

/* What the search is confined to. */
static uint32_t find_scope(const struct page_layout *layout)
{
    uint32_t i = layout->headline ? layout->tree->nodes[layout->headline].parent : 0;
    for (; i; i = layout->tree->nodes[i].parent) {
        if (is_container(layout->tree, i) && page_prose(layout, i) >= SOME_PROSE)
            return i;
    }
    static const enum html_tag tags[] = {HTML_ARTICLE, HTML_MAIN};
    for (size_t k = 0; k < 2; k++) {
        i = only_one(layout, tags[k]);
        if (i && page_prose(layout, i) * 2 >= page_prose(layout, 0))
            return i;
    }
    return 0;
}

static bool add_region(struct page_regions *out, uint32_t node)
{
    out->nodes[out->n++] = node;
    return true;
}

/* The parts that are named as the text. */
static void named_bodies(const struct page_layout *layout, uint32_t scope, struct page_regions *out)
{
    const struct html_tree *tree = layout->tree;
    uint32_t prose = 0;
    for (uint32_t i = scope + 1; i < tree->nodes[scope].end; i++) {
        const struct page_part *part = &layout->parts[i];
        if (!(part->hints & HINT_BODY) || part->dropped || page_prose(layout, i) < BLOCK_COST)
            continue;
        if (layout->headline && page_inside(layout, layout->headline, i) &&
            tree->nodes[i].tag != HTML_DIV)
            continue;
        prose += page_prose(layout, i);
        add_region(out, i);
        i = tree->nodes[i].end - 1;
    }
    /* A name in the margin does not outweigh the story. */
    if (prose < SOME_PROSE && prose * 2 < page_prose(layout, scope))
        out->n = 0;
}

/* A paragraph is no story: what holds it is, with its shorter neighbours. */
static bool may_be_region(const struct page_layout *layout, uint32_t i)
{
    uint8_t tag = layout->tree->nodes[i].tag;
    return layout->parts[i].block == i && !layout->parts[i].dropped && tag != HTML_P &&
           tag != HTML_LI && !html_is_heading(tag);
}

/* The part whose blocks weigh most; of equals the innermost. */
static uint32_t heaviest(const struct page_layout *layout, uint32_t scope, int64_t *sums)
{
    const struct html_tree *tree = layout->tree;
    int64_t sum = 0, best_weight = 0;
    uint32_t best = scope, end = tree->nodes[scope].end;
    for (uint32_t i = scope; i < end; i++) {
        const struct page_part *part = &layout->parts[i];
        sums[i] = sum;
        if (part->block == i && part->own && !part->dropped)
            sum += (int64_t)part->own - (int64_t)LINK_COST * part->own_links - BLOCK_COST;
    }
    sums[end] = sum;
    for (uint32_t i = scope; i < end; i++) {
        int64_t weight = sums[tree->nodes[i].end] - sums[i];
        if (may_be_region(layout, i) && weight >= best_weight) {
            best_weight = weight;
            best = i;
        }
    }
    return best_weight > 0 ? best : scope;
}

/* Named as a lead, by itself or by what holds it and little else. */
static bool named_lead(const struct page_layout *layout, uint32_t i)
{
    for (int up = 0; i && up < 3; up++, i = layout->tree->nodes[i].parent) {
        if (layout->parts[i].hints & HINT_LEAD)
            return true;
    }
    return false;
}

/* The blocks of prose between the headline and the first region. */
static void find_leads(const struct page_layout *layout, uint32_t scope, uint32_t first,
                       struct page_regions *out)
{
    const struct html_tree *tree = layout->tree;
    uint32_t start = layout->headline ? tree->nodes[layout->headline].end : scope;
    for (uint32_t i = start; i < first; i++) {
        const struct page_part *part = &layout->parts[i];
        uint32_t least = named_lead(layout, i)   ? NAMED_LEAD_MIN
                         : layout->headline != 0 ? LEAD_MIN
                                                 : UINT32_MAX;
        if (part->block != i || part->dropped || part->own < least ||
            part->own_links * 2 >= part->own || page_inside(layout, first, i))
            continue;
        add_region(out, i);
        i = tree->nodes[i].end - 1;
    }
}

int page_regions_find(struct arena *arena, const struct page_layout *layout,
                      struct page_regions *out, struct error *err)
{
    size_t n = layout->tree->n_nodes;
    struct page_regions bodies = {ARENA_ARRAY(arena, uint32_t, n), 0};
    int64_t *sums = ARENA_ARRAY(arena, int64_t, n + 1);
    *out = (struct page_regions){ARENA_ARRAY(arena, uint32_t, n + 1), 0};
    if (!bodies.nodes || !sums || !out->nodes)
        return arena_full(arena, err);
    uint32_t scope = find_scope(layout);
    if (!layout->live)
        named_bodies(layout, scope, &bodies);
    if (bodies.n == 0)
        add_region(&bodies, heaviest(layout, scope, sums));
    find_leads(layout, scope, bodies.nodes[0], out);
    memcpy(out->nodes + out->n, bodies.nodes, bodies.n * sizeof *bodies.nodes);
    out->n += bodies.n;
    return 0;
}

struct slice page_time(const struct page_layout *layout, const struct page_regions *regions)
{
    const struct html_tree *tree = layout->tree;
    uint32_t start = layout->headline;
    if (!start && regions->n)
        start = regions->nodes[0];
    /* Dates stand in parts that are dropped as captions; those of other stories in other ones. */
    for (uint32_t i = start; i < tree->n_nodes; i++) {
        if (tree->nodes[i].tag != HTML_TIME)
            continue;
        struct slice value = html_attribute(tree, i, ATTRIBUTE_DATETIME);
        uint32_t up = i;
        while (up && !(layout->parts[up].hints & HINT_DROP))
            up = tree->nodes[up].parent;
        if (value.len && up == 0)
            return value;
    }
    return SLICE_NONE;
}
