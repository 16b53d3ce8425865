#include "cli/cli.h"
#include "extract/gazetteer_build.h"

/* `import [--output FILE] [PATH...]`: builds the index; without PATH from the rule set's places
 * folder. */
static int places_import(struct cli *cli, struct error *err)
{
    const char *output = cli->arguments.value[OPTION_OUTPUT];
    const char *const *paths = cli->arguments.operands + 1;
    size_t n = cli->arguments.n_operands - 1;
    const char *usual[] = {
        arena_format(&cli->arena, "%s/places", cli->settings.values[OPTION_RULES].value).ptr};
    if (!usual[0])
        return arena_full(&cli->arena, err);
    if (n == 0) {
        paths = usual;
        n = 1;
    }
    if (!output)
        output = cli->settings.values[OPTION_PLACES].value;
    struct gazetteer *gazetteer;
    if (gazetteer_build(paths, n, output, err) || gazetteer_open(&gazetteer, output, err))
        return -1;
    if (!cli->arguments.value[OPTION_QUIET])
        buffer_format(&cli->out, "%s: %u places, %u names\n", output, gazetteer_n_places(gazetteer),
                      gazetteer_n_names(gazetteer));
    gazetteer_free(gazetteer);
    return EXIT_OK;
}

/* 1e-5 degrees as "49.55589". */
static void add_degrees(struct buffer *out, int32_t value)
{
    int64_t size = value < 0 ? -(int64_t)value : value;
    buffer_format(out, "%s%lld.%05lld", value < 0 ? "-" : "", (long long)(size / 100000),
                  (long long)(size % 100000));
}

static void print_place(struct cli *cli, const struct gazetteer *g, const struct gazetteer_place *p,
                        unsigned flags)
{
    static const char *const kinds[] = {"country", "region", "district", "settlement", "area"};
    struct buffer *out = &cli->out;
    const char *kind = p->kind < sizeof kinds / sizeof *kinds ? kinds[p->kind] : "unknown";
    const char *use = flags & CANDIDATE_DEMONYM        ? " (its people)"
                      : flags & CANDIDATE_ABBREVIATION ? " (short form)"
                                                       : "";
    buffer_format(out, "%-11s%.*s%s", kind, SLICE_ARG(gazetteer_text(g, p->name)), use);
    uint32_t self = gazetteer_place_index(g, p);
    if (p->district != self && p->district != PLACE_NONE)
        buffer_format(out, ", %.*s", SLICE_ARG(gazetteer_district_name(g, p)));
    if (p->region != self && p->region != PLACE_NONE)
        buffer_format(out, ", %.*s", SLICE_ARG(gazetteer_region_name(g, p)));
    if (p->country != self && p->country != PLACE_NONE)
        buffer_format(out, ", %.*s", SLICE_ARG(gazetteer_country_name(g, p)));
    if (p->flags & PLACE_LOCATED) {
        buffer_add_text(out, "  ");
        add_degrees(out, p->lat);
        buffer_add_char(out, ' ');
        add_degrees(out, p->lon);
    }
    if (p->population)
        buffer_format(out, "  pop. %u", p->population);
    if (p->zone)
        buffer_format(out, "  %.*s", SLICE_ARG(gazetteer_text(g, p->zone)));
    if (p->id)
        buffer_format(out, "  id %lld", (long long)p->id);
    buffer_add_char(out, '\n');
}

/* `find NAME`: every place of that name, the likelier first. */
static int places_find_name(struct cli *cli, struct error *err)
{
    struct gazetteer *gazetteer;
    struct place_candidates candidates = {0};
    if (cli->arguments.n_operands != 2)
        return error_set(err, ERROR_USAGE, "places find takes one NAME (put it in quotes)");
    const char *name = cli->arguments.operands[1];
    if (gazetteer_open(&gazetteer, cli->settings.values[OPTION_PLACES].value, err))
        return -1;
    bool found = gazetteer_find(gazetteer, slice_of(name), &candidates);
    for (size_t k = 0; k < candidates.n; k++) {
        unsigned flags;
        const struct gazetteer_place *p = gazetteer_candidate(gazetteer, &candidates, k, &flags);
        if (p)
            print_place(cli, gazetteer, p, flags);
    }
    if (found && candidates.flags & NAME_AMBIGUOUS_WORD)
        buffer_add_text(&cli->out, "Usually something else: taken for a place only where the text "
                                   "says so (not-places.txt)\n");
    gazetteer_free(gazetteer);
    return found ? EXIT_OK : error_set(err, ERROR_INPUT, "no place is called '%s'", name);
}

int cmd_places(struct cli *cli, struct error *err)
{
    const char *what = cli->arguments.n_operands ? cli->arguments.operands[0] : "";
    if (strcmp(what, "import") == 0)
        return places_import(cli, err);
    if (strcmp(what, "find") == 0)
        return places_find_name(cli, err);
    return error_set(err, ERROR_USAGE, "expected 'import' or 'find', got '%s'", what);
}
