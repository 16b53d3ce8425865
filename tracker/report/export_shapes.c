/* Tables in the shape of two data sets that analysts join with. What a name means there and here
 * may differ: export.c says how, beside each file. */
#include "report/blocks.h"
#include "report/export_columns.h"

#define VALUE(name)                                                 \
    static void name(struct buffer *out, const struct situation *s, \
                     const struct situation_incident *incident,     \
                     const struct export_column *column)

VALUE(none)
{
    (void)out, (void)s, (void)incident, (void)column;
}

VALUE(identity)
{
    (void)s, (void)column;
    buffer_add_slice(out, incident->id);
}

VALUE(day)
{
    char text[16];
    (void)s, (void)column;
    if (incident->day == DAY_NONE)
        return;
    day_format(incident->day, text);
    buffer_add_text(out, text);
}

VALUE(year)
{
    int y, m, d;
    (void)s, (void)column;
    if (incident->day == DAY_NONE)
        return;
    day_to_civil(incident->day, &y, &m, &d);
    buffer_add_int(out, y);
}

VALUE(place)
{
    (void)s, (void)column;
    buffer_add_slice(out, incident->place);
}

VALUE(place_kind)
{
    (void)s, (void)column;
    buffer_add_slice(out, incident->place_precision);
}

VALUE(adm1)
{
    (void)s, (void)column;
    buffer_add_slice(out, incident->adm1);
}

VALUE(country)
{
    (void)s, (void)column;
    buffer_add_slice(out, incident->country);
}

VALUE(sources)
{
    (void)s, (void)column;
    buffer_add_slice(out, incident->sources);
}

VALUE(changed)
{
    (void)s, (void)column;
    buffer_add_slice(out, incident->last_changed);
}

VALUE(voices)
{
    (void)s, (void)column;
    buffer_add_int(out, incident->n_independent);
}

VALUE(latitude)
{
    (void)s, (void)column;
    if (incident->located)
        degrees_add(out, incident->lat_e5);
}

VALUE(longitude)
{
    (void)s, (void)column;
    if (incident->located)
        degrees_add(out, incident->lon_e5);
}

VALUE(point)
{
    (void)s, (void)column;
    if (!incident->located)
        return;
    buffer_add_text(out, "POINT (");
    degrees_add(out, incident->lon_e5);
    buffer_add_char(out, ' ');
    degrees_add(out, incident->lat_e5);
    buffer_add_char(out, ')');
}

/* A code by the name of a precision. */
struct code {
    const char *name;
    int code;
};

static void code_add(struct buffer *out, const struct code *codes, size_t n, struct slice name)
{
    for (size_t i = 0; i < n; i++)
        if (slice_is(name, codes[i].name)) {
            buffer_add_int(out, codes[i].code);
            return;
        }
}

#define CODE(name, member, ...)                                               \
    VALUE(name)                                                               \
    {                                                                         \
        static const struct code codes[] = {__VA_ARGS__};                     \
        (void)s, (void)column;                                                \
        code_add(out, codes, sizeof codes / sizeof *codes, incident->member); \
    }

CODE(acled_time, date_precision, {"minute", 1}, {"part", 1}, {"night", 1}, {"day", 1}, {"range", 2},
     {"month", 3})
CODE(acled_geo, place_precision, {"point", 1}, {"settlement", 1}, {"named", 2}, {"district", 2},
     {"region", 3}, {"country", 3})
CODE(ged_time, date_precision, {"minute", 1}, {"part", 1}, {"night", 1}, {"day", 1}, {"range", 2},
     {"month", 4})
CODE(ged_place, place_precision, {"point", 1}, {"settlement", 1}, {"named", 2}, {"district", 3},
     {"region", 4}, {"country", 6})

static bool counts(const struct situation *s, const struct situation_incident *incident,
                   const char *field)
{
    return figure_of(s, incident, field, NULL) || figure_of(s, incident, field, "intercepted");
}

VALUE(event_type)
{
    (void)column;
    if (counts(s, incident, "drones") || counts(s, incident, "missiles"))
        buffer_add_text(out, "Explosions/Remote violence");
}

VALUE(sub_event_type)
{
    (void)column;
    if (counts(s, incident, "drones"))
        buffer_add_text(out, "Air/drone strike");
    else if (counts(s, incident, "missiles"))
        buffer_add_text(out, "Shelling/artillery/missile attack");
}

VALUE(number)
{
    int64_t value;
    if (figure_end(s, incident, column, &value))
        buffer_add_int(out, value);
}

/* The best number of dead, the least where no report gives one. */
static bool deaths(const struct situation *s, const struct situation_incident *incident,
                   int64_t *out)
{
    const struct situation_figure *f = figure_of(s, incident, "killed", NULL);
    if (f)
        *out = f->best != COUNT_OPEN ? f->best : f->low;
    return f && *out != COUNT_OPEN;
}

VALUE(fatalities)
{
    int64_t n;
    (void)column;
    if (deaths(s, incident, &n))
        buffer_add_int(out, n);
}

VALUE(deaths_unknown)
{
    const struct situation_figure *c = figure_of(s, incident, "killed", "civilian");
    int64_t n;
    (void)column;
    if (deaths(s, incident, &n))
        buffer_add_int(out, c && c->best != COUNT_OPEN && c->best <= n ? n - c->best : n);
}

/* The figure a row speaks of: the dead, else the wounded, else the first. */
static const struct situation_figure *main_figure(const struct situation *s,
                                                  const struct situation_incident *incident)
{
    const struct situation_figure *f = figure_of(s, incident, "killed", NULL);
    if (!f)
        f = figure_of(s, incident, "wounded", NULL);
    return f || !incident->n_figures ? f : &s->figures[incident->first_figure];
}

VALUE(sentence)
{
    const struct situation_figure *f = main_figure(s, incident);
    (void)column;
    if (f)
        buffer_add_slice(out, f->sentence);
}

VALUE(speaker)
{
    const struct situation_figure *f = main_figure(s, incident);
    (void)column;
    if (f)
        buffer_add_slice(out, f->who);
}

VALUE(outlet)
{
    const struct situation_figure *f = main_figure(s, incident);
    (void)column;
    if (f)
        buffer_add_slice(out, f->outlet);
}

VALUE(published)
{
    const struct situation_figure *f = main_figure(s, incident);
    (void)column;
    if (f)
        buffer_add_slice(out, f->published);
}

VALUE(tags)
{
    (void)s, (void)column;
    buffer_format(out, "grading=%.*s;scope=%.*s", SLICE_ARG(incident->grading),
                  SLICE_ARG(incident->scope));
}

static bool in_totals(const struct situation *s, const struct situation_incident *incident)
{
    (void)s;
    return incident->in_totals;
}

static bool fatal(const struct situation *s, const struct situation_incident *incident)
{
    int64_t n;
    return incident->in_totals && deaths(s, incident, &n) && n > 0;
}

#define KILLED(end) "killed", NULL, end
#define PLAIN NULL, NULL, END_BEST
#define UNUSED(name)                                                                   \
    {                                                                                  \
        name, COLUMN_TEXT, NULL, "Not known to the tracker: always empty", none, PLAIN \
    }

static const struct export_column acled_columns[] = {
    {"event_id_cnty", COLUMN_TEXT, NULL, "The tracker's incident id", identity, PLAIN},
    {"event_date", COLUMN_DATE, NULL, "Day in the place's zone", day, PLAIN},
    {"year", COLUMN_INTEGER, NULL, "Its year", year, PLAIN},
    {"time_precision", COLUMN_INTEGER, NULL, "1 day, 2 a range of days, 3 month", acled_time,
     PLAIN},
    UNUSED("disorder_type"),
    {"event_type", COLUMN_TEXT, NULL, "Given only where drones or missiles were counted",
     event_type, PLAIN},
    {"sub_event_type", COLUMN_TEXT, NULL, "The same", sub_event_type, PLAIN},
    UNUSED("actor1"),
    UNUSED("assoc_actor_1"),
    UNUSED("inter1"),
    UNUSED("actor2"),
    UNUSED("assoc_actor_2"),
    UNUSED("inter2"),
    UNUSED("interaction"),
    UNUSED("civilian_targeting"),
    UNUSED("iso"),
    UNUSED("region"),
    {"country", COLUMN_TEXT, NULL, "ISO 3166-1 alpha-2 code, not a name", country, PLAIN},
    {"admin1", COLUMN_TEXT, NULL, "First-level region", adm1, PLAIN},
    UNUSED("admin2"),
    UNUSED("admin3"),
    {"location", COLUMN_TEXT, NULL, "Place, canonical or as written", place, PLAIN},
    {"latitude", COLUMN_DECIMAL, NULL, "Degrees, WGS 84; empty: unknown", latitude, PLAIN},
    {"longitude", COLUMN_DECIMAL, NULL, "Degrees, WGS 84; empty: unknown", longitude, PLAIN},
    {"geo_precision", COLUMN_INTEGER, NULL,
     "1 town, 2 district or a place without coordinates, 3 region or country", acled_geo, PLAIN},
    {"source", COLUMN_TEXT, NULL, "Claimants and outlets, joined by commas", sources, PLAIN},
    UNUSED("source_scale"),
    {"notes", COLUMN_TEXT, NULL, "The sentence of the main figure, as the report has it", sentence,
     PLAIN},
    {"fatalities", COLUMN_INTEGER, NULL,
     "Best number, else the least; empty: nobody stated one (not 0)", fatalities, PLAIN},
    {"tags", COLUMN_TEXT, NULL, "Grading and scope", tags, PLAIN},
    {"timestamp", COLUMN_TIME, NULL, "When the incident last changed in the tracker, UTC", changed,
     PLAIN},
};
const struct export_table acled_table = {acled_columns,
                                         sizeof acled_columns / sizeof *acled_columns, in_totals};

static const struct export_column ged_columns[] = {
    {"id", COLUMN_TEXT, NULL, "The tracker's incident id", identity, PLAIN},
    {"relid", COLUMN_TEXT, NULL, "The same", identity, PLAIN},
    {"year", COLUMN_INTEGER, NULL, "Year of the day", year, PLAIN},
    UNUSED("active_year"),
    UNUSED("code_status"),
    UNUSED("type_of_violence"),
    UNUSED("conflict_dset_id"),
    UNUSED("conflict_new_id"),
    UNUSED("conflict_name"),
    UNUSED("dyad_dset_id"),
    UNUSED("dyad_new_id"),
    UNUSED("dyad_name"),
    UNUSED("side_a_dset_id"),
    UNUSED("side_a_new_id"),
    UNUSED("side_a"),
    UNUSED("side_b_dset_id"),
    UNUSED("side_b_new_id"),
    UNUSED("side_b"),
    {"number_of_sources", COLUMN_INTEGER, NULL, "Independent voices", voices, PLAIN},
    {"source_article", COLUMN_TEXT, NULL, "Claimants and outlets, joined by commas", sources,
     PLAIN},
    {"source_office", COLUMN_TEXT, NULL, "Outlet of the main figure", outlet, PLAIN},
    {"source_date", COLUMN_DATE, NULL, "When it was published", published, PLAIN},
    UNUSED("source_headline"),
    {"source_original", COLUMN_TEXT, NULL, "Who gave the main figure", speaker, PLAIN},
    {"where_prec", COLUMN_INTEGER, NULL,
     "1 town, 2 a place without coordinates, 3 district, 4 region, 6 country", ged_place, PLAIN},
    {"where_coordinates", COLUMN_TEXT, NULL, "Place, canonical or as written", place, PLAIN},
    {"where_description", COLUMN_TEXT, NULL, "How well the place is known", place_kind, PLAIN},
    {"adm_1", COLUMN_TEXT, NULL, "First-level region", adm1, PLAIN},
    UNUSED("adm_2"),
    {"latitude", COLUMN_DECIMAL, NULL, "Degrees, WGS 84; empty: unknown", latitude, PLAIN},
    {"longitude", COLUMN_DECIMAL, NULL, "Degrees, WGS 84; empty: unknown", longitude, PLAIN},
    {"geom_wkt", COLUMN_TEXT, NULL, "The same as well-known text", point, PLAIN},
    UNUSED("priogrid_gid"),
    {"country", COLUMN_TEXT, NULL, "ISO 3166-1 alpha-2 code, not a name", country, PLAIN},
    UNUSED("country_id"),
    UNUSED("region"),
    UNUSED("event_clarity"),
    {"date_prec", COLUMN_INTEGER, NULL, "1 day, 2 a range of days, 4 month", ged_time, PLAIN},
    {"date_start", COLUMN_DATE, NULL, "Day in the place's zone", day, PLAIN},
    {"date_end", COLUMN_DATE, NULL, "The same", day, PLAIN},
    UNUSED("deaths_a"),
    UNUSED("deaths_b"),
    {"deaths_civilians", COLUMN_INTEGER, NULL, "Civilians, where stated", number, "killed",
     "civilian", END_BEST},
    {"deaths_unknown", COLUMN_INTEGER, NULL,
     "The rest of the dead: sides are not known to the tracker", deaths_unknown, PLAIN},
    {"best", COLUMN_INTEGER, NULL, "Best number of dead, else the least", fatalities, PLAIN},
    {"high", COLUMN_INTEGER, NULL, "Greatest number; empty: open", number, KILLED(END_HIGH)},
    {"low", COLUMN_INTEGER, NULL, "Least number; empty: open", number, KILLED(END_LOW)},
    UNUSED("gwnoa"),
    UNUSED("gwnob"),
};
const struct export_table ged_table = {ged_columns, sizeof ged_columns / sizeof *ged_columns,
                                       fatal};
