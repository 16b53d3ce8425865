#include "report/blocks.h"

#include <stdarg.h>
#include <stdio.h>

int maker_check(const struct maker *maker, struct error *err)
{
    return maker->failed ? arena_full(maker->arena, err) : 0;
}

struct slice maker_format(struct maker *maker, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (n < 0)
        return SLICE_NONE;
    if ((size_t)n < sizeof text) {
        struct slice copy = arena_copy(maker->arena, (struct slice){text, (size_t)n});
        maker->failed |= !copy.ptr;
        return copy;
    }
    char *room = arena_alloc(maker->arena, (size_t)n + 1);
    if (!room) {
        maker->failed = true;
        return SLICE_NONE;
    }
    va_start(arguments, format);
    vsnprintf(room, (size_t)n + 1, format, arguments);
    va_end(arguments);
    return (struct slice){room, (size_t)n};
}

struct section *section_add(struct maker *maker, const char *key, const char *title)
{
    struct sitrep *report = maker->report;
    if (arena_grow(maker->arena, &report->sections, &report->capacity, report->n_sections,
                   sizeof *report->sections, NULL)) {
        maker->failed = true;
        return &maker->spare_section;
    }
    struct section *section = &report->sections[report->n_sections++];
    *section = (struct section){.key = key, .title = title};
    return section;
}

struct block *block_add(struct maker *maker, enum block_kind kind)
{
    struct sitrep *report = maker->report;
    struct section *section = report->n_sections ? &report->sections[report->n_sections - 1] : NULL;
    if (!section || arena_grow(maker->arena, &section->blocks, &section->capacity,
                               section->n_blocks, sizeof *section->blocks, NULL)) {
        maker->failed = true;
        return &maker->spare_block;
    }
    struct block *block = &section->blocks[section->n_blocks++];
    *block = (struct block){.kind = kind};
    return block;
}

void text_add(struct maker *maker, struct slice text)
{
    block_add(maker, BLOCK_TEXT)->text = cell_text(text);
}

struct table *table_add(struct maker *maker, const struct column *columns, size_t n_columns,
                        size_t rows, const char *empty)
{
    struct table *table = &block_add(maker, BLOCK_TABLE)->table;
    *table = (struct table){.columns = columns,
                            .n_columns = n_columns,
                            .cells = ARENA_ARRAY(maker->arena, struct cell, rows * n_columns),
                            .empty = empty};
    maker->failed |= !table->cells;
    return table;
}

struct cell *row_add(struct maker *maker, struct table *table)
{
    return table->cells ? &table->cells[table->n_rows++ * table->n_columns] : maker->spare_row;
}

struct cell cell_text(struct slice text)
{
    return (struct cell){.kind = text.len ? CELL_TEXT : CELL_NONE, .text = text};
}

struct cell cell_link(struct slice text, struct slice link)
{
    static const struct slice safe[] = {{"#", 1}, {"http://", 7}, {"https://", 8}};
    struct cell value = cell_text(text);
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        if (link.len && slice_starts(link, safe[i]))
            value.link = link;
    return value;
}

struct cell cell_number(struct maker *maker, int64_t number)
{
    return (struct cell){.kind = CELL_NUMBER,
                         .text = maker_format(maker, "%lld", (long long)number),
                         .low = number,
                         .best = number,
                         .high = number};
}

struct cell cell_day(struct maker *maker, day_number day)
{
    char text[16] = "unknown";
    if (day != DAY_NONE)
        day_format(day, text);
    return cell_text(maker_format(maker, "%s", text));
}

static struct slice range_text(struct maker *maker, int64_t low, int64_t best, int64_t high)
{
    const long long l = low, b = best, h = high;
    bool has_low = low != COUNT_OPEN, has_high = high != COUNT_OPEN;
    if (best == COUNT_OPEN && has_low && has_high)
        return maker_format(maker, "%lld-%lld", l, h);
    if (best == COUNT_OPEN)
        return has_low ? maker_format(maker, "%lld+", l) : maker_format(maker, "up to %lld", h);
    if (has_low && has_high)
        return low == high ? maker_format(maker, "%lld", b)
                           : maker_format(maker, "%lld (%lld-%lld)", b, l, h);
    if (has_low)
        return low == best ? maker_format(maker, "%lld+", b)
                           : maker_format(maker, "%lld (%lld+)", b, l);
    return has_high && high != best ? maker_format(maker, "%lld (up to %lld)", b, h)
                                    : maker_format(maker, "about %lld", b);
}

struct cell cell_range(struct maker *maker, int64_t low, int64_t best, int64_t high)
{
    if (low == COUNT_OPEN && best == COUNT_OPEN && high == COUNT_OPEN)
        return (struct cell){.kind = CELL_NONE};
    return (struct cell){.kind = CELL_RANGE,
                         .text = range_text(maker, low, best, high),
                         .low = low,
                         .best = best,
                         .high = high};
}

void toll_add(struct toll *toll, const struct situation_figure *figure)
{
    if (!figure)
        return;
    toll->n++;
    toll->low += figure->low == COUNT_OPEN ? 0 : figure->low;
    if (figure->best != COUNT_OPEN)
        toll->best += figure->best;
    else
        toll->n_vague++;
    if (figure->high == COUNT_OPEN)
        toll->high_open = true;
    else
        toll->high += figure->high;
}

struct cell cell_toll(struct maker *maker, const struct toll *toll)
{
    if (!toll->n)
        return (struct cell){.kind = CELL_NONE};
    return cell_range(maker, toll->low, toll->n_vague < toll->n ? toll->best : COUNT_OPEN,
                      toll->high_open ? COUNT_OPEN : toll->high);
}

struct slice place_text(struct maker *maker, const struct situation_incident *incident)
{
    struct slice place = incident->place, region = incident->adm1, country = incident->country;
    if (!place.len)
        place = country.len ? country : SLICE_LITERAL("place unknown");
    bool has_region = region.len && !slice_equal(region, place);
    bool has_country = country.len && !slice_equal(country, place);
    return maker_format(maker, "%.*s%s%.*s%s%.*s", SLICE_ARG(place), has_region ? ", " : "",
                        SLICE_ARG(has_region ? region : SLICE_NONE), has_country ? ", " : "",
                        SLICE_ARG(has_country ? country : SLICE_NONE));
}

struct slice incident_link(struct maker *maker, struct slice id)
{
    return maker_format(maker, "#incident-%.*s", SLICE_ARG(id));
}

const struct situation_figure *figure_of(const struct situation *situation,
                                         const struct situation_incident *incident,
                                         const char *field, const char *part)
{
    for (size_t i = 0; i < incident->n_figures; i++) {
        const struct situation_figure *figure = &situation->figures[incident->first_figure + i];
        if (slice_is(figure->field, field) &&
            (part ? slice_is(figure->part, part) : !figure->part.len))
            return figure;
    }
    return NULL;
}
