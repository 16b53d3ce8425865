/* A map of marks over coasts, borders and regions: plate carree, narrowed by the cosine of the
 * middle latitude, so that shapes look right at the size of a country. Whole numbers only. */
#include <stdlib.h>

#include "report/svg.h"
#include "rules/ruleset.h" /* COUNT_OPEN */

#define WIDTH 600
#define LEAST_HEIGHT 300
#define MOST_HEIGHT 460
/* Least extent of a view, 1/100 degree: a single town shows its region around it. */
#define LEAST_LON 500
#define LEAST_LAT 300
/* Marks with a name beside them, the deadliest first. */
#define MOST_LABELS 10

/* What the map shows. Degrees are 1/100; positions 1/10 of the view box's unit. */
struct view {
    int64_t west, south, east, north;
    int64_t cosine; /* of the middle latitude, 1/10000 */
    int height;
};

struct spot {
    int64_t x, y;
};

/* cos of 0 .. 90 degrees in 1/10000, rounded. */
static const int16_t cosines[91] = {
    10000, 9998, 9994, 9986, 9976, 9962, 9945, 9925, 9903, 9877, 9848, 9816, 9781, 9744, 9703, 9659,
    9613,  9563, 9511, 9455, 9397, 9336, 9272, 9205, 9135, 9063, 8988, 8910, 8829, 8746, 8660, 8572,
    8480,  8387, 8290, 8192, 8090, 7986, 7880, 7771, 7660, 7547, 7431, 7314, 7193, 7071, 6947, 6820,
    6691,  6561, 6428, 6293, 6157, 6018, 5878, 5736, 5592, 5446, 5299, 5150, 5000, 4848, 4695, 4540,
    4384,  4226, 4067, 3907, 3746, 3584, 3420, 3256, 3090, 2924, 2756, 2588, 2419, 2250, 2079, 1908,
    1736,  1564, 1392, 1219, 1045, 872,  698,  523,  349,  175,  0};

static int64_t widened(int64_t least, int64_t low, int64_t high)
{
    return high - low < least ? (least - (high - low)) / 2 : 0;
}

static struct view view_of(const struct chart *chart)
{
    struct view v = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN, 0, 0};
    for (size_t i = 0; i < chart->n_points; i++) {
        int64_t lon = chart->points[i].x / 1000, lat = chart->points[i].y / 1000;
        v.west = lon < v.west ? lon : v.west;
        v.east = lon > v.east ? lon : v.east;
        v.south = lat < v.south ? lat : v.south;
        v.north = lat > v.north ? lat : v.north;
    }
    int64_t x = (v.east - v.west) / 8 + 40, y = (v.north - v.south) / 8 + 40;
    x += widened(LEAST_LON, v.west - x, v.east + x);
    y += widened(LEAST_LAT, v.south - y, v.north + y);
    v.west -= x, v.east += x, v.south -= y, v.north += y;
    int64_t middle = llabs(v.south + v.north) / 200;
    v.cosine = cosines[middle > 75 ? 75 : middle];
    /* The frame's height follows the shape of the area, within limits; the rest is more margin. */
    int64_t across = (v.east - v.west) * v.cosine / 10000;
    int64_t least = across * LEAST_HEIGHT / WIDTH, most = across * MOST_HEIGHT / WIDTH;
    if (v.north - v.south < least) {
        int64_t more = (least - (v.north - v.south)) / 2;
        v.south -= more, v.north += more;
    } else if (v.north - v.south > most) {
        int64_t more =
            ((v.north - v.south) * WIDTH / MOST_HEIGHT * 10000 / v.cosine - (v.east - v.west)) / 2;
        v.west -= more, v.east += more;
        across = (v.east - v.west) * v.cosine / 10000;
    }
    v.height = (int)((v.north - v.south) * WIDTH / (across ? across : 1));
    return v;
}

static int64_t place_x(const struct view *v, int64_t lon_e5)
{
    return (lon_e5 - v->west * 1000) * WIDTH / ((v->east - v->west) * 100);
}

static int64_t place_y(const struct view *v, int64_t lat_e5)
{
    return (v->north * 1000 - lat_e5) * v->height / ((v->north - v->south) * 100);
}

static void tenths_add(struct buffer *out, int64_t tenths)
{
    buffer_format(out, "%s%lld", tenths < 0 ? "-" : "", (long long)(llabs(tenths) / 10));
    if (tenths % 10)
        buffer_format(out, ".%lld", (long long)(llabs(tenths) % 10));
}

static void spot_add(struct buffer *out, const struct view *v, struct spot p, char command)
{
    buffer_add_char(out, command);
    tenths_add(out, place_x(v, p.x * 1000));
    buffer_add_char(out, ' ');
    tenths_add(out, place_y(v, p.y * 1000));
}

/* ---- coasts and borders ---- */

/* One side of the frame, as a half plane: inside when `sign` times the coordinate is at most. */
struct side {
    bool vertical; /* bounds x */
    int sign;
    int64_t at;
};

static int64_t beyond(const struct side *side, struct spot p)
{
    int64_t coordinate = side->vertical ? p.x : p.y;
    return side->sign * (coordinate - side->at);
}

/* Where the line from a to b meets the side; they lie on different sides of it. */
static struct spot meet(const struct side *side, struct spot a, struct spot b)
{
    int64_t da = beyond(side, a), db = beyond(side, b);
    return (struct spot){a.x + (b.x - a.x) * da / (da - db), a.y + (b.y - a.y) * da / (da - db)};
}

/* A ring cut by one side (Sutherland and Hodgman 1974); `to` has room for twice as many. */
static size_t ring_cut(const struct side *side, const struct spot *from, size_t n, struct spot *to)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct spot a = from[i ? i - 1 : n - 1], b = from[i];
        bool a_in = beyond(side, a) <= 0, b_in = beyond(side, b) <= 0;
        if (a_in != b_in)
            to[kept++] = meet(side, a, b);
        if (b_in)
            to[kept++] = b;
    }
    return kept;
}

static size_t points_read(const struct outline *line, struct spot *out)
{
    struct slice rest = line->points;
    int32_t x = 0, y = 0;
    size_t n = 0;
    while (outline_step(&rest, &x, &y))
        out[n++] = (struct spot){x, y};
    return n;
}

/* An upper bound of an outline's points: one a comma. */
static size_t points_most(const struct outline *line)
{
    size_t n = 1;
    for (size_t i = 0; i < line->points.len; i++)
        n += line->points.ptr[i] == ',';
    return n;
}

static void ring_draw(struct buffer *out, const struct view *v, const struct outline *line,
                      struct spot *spots, size_t room)
{
    const struct side sides[] = {{true, -1, v->west - 20},
                                 {true, 1, v->east + 20},
                                 {false, -1, v->south - 20},
                                 {false, 1, v->north + 20}};
    struct spot *from = spots, *to = spots + room;
    size_t n = points_read(line, from);
    for (size_t i = 0; i < 4 && n; i++) {
        n = ring_cut(&sides[i], from, n, to);
        struct spot *swap = from;
        from = to;
        to = swap;
    }
    if (n < 3)
        return;
    for (size_t i = 0; i < n; i++)
        spot_add(out, v, from[i], i ? 'L' : 'M');
    buffer_add_text(out, "Z\n");
}

static bool is_near(const struct view *v, struct spot p)
{
    return p.x >= v->west - 20 && p.x <= v->east + 20 && p.y >= v->south - 20 &&
           p.y <= v->north + 20;
}

/* Segments with an end in the frame; the frame hides what sticks out. */
static void line_draw(struct buffer *out, const struct view *v, const struct outline *line)
{
    struct slice rest = line->points;
    int32_t x = 0, y = 0;
    struct spot last = {0, 0};
    bool first = true, drawing = false;
    while (outline_step(&rest, &x, &y)) {
        struct spot p = {x, y};
        if (!first && (is_near(v, last) || is_near(v, p))) {
            if (!drawing)
                spot_add(out, v, last, 'M');
            spot_add(out, v, p, 'L');
            drawing = true;
        } else {
            drawing = false;
        }
        last = p;
        first = false;
    }
    buffer_add_char(out, '\n');
}

static bool overlaps(const struct view *v, const struct outline *line)
{
    return line->west <= v->east && line->east >= v->west && line->south <= v->north &&
           line->north >= v->south;
}

static void outlines_draw(struct buffer *out, const struct view *v, const struct outlines *outlines)
{
    static const char *const classes[OUTLINE_KINDS] = {"land", "border", "region"};
    struct arena arena;
    arena_init(&arena, (size_t)256 << 20);
    for (int kind = 0; kind < OUTLINE_KINDS; kind++) {
        buffer_format(out, "<path class=\"%s\" d=\"", classes[kind]);
        for (size_t i = 0; i < outlines->n; i++) {
            const struct outline *line = &outlines->items[i];
            if ((int)line->kind != kind || !overlaps(v, line))
                continue;
            if (kind != OUTLINE_LAND) {
                line_draw(out, v, line);
                continue;
            }
            /* Each of the four cuts may add one point for every two. */
            size_t room = points_most(line) * 6 + 8;
            arena_reset(&arena);
            struct spot *spots = ARENA_ARRAY(&arena, struct spot, room * 2);
            if (spots)
                ring_draw(out, v, line, spots, room);
            else
                out->failed = true;
        }
        buffer_add_text(out, "\"/>\n");
    }
    arena_free(&arena);
}

/* ---- marks ---- */

static int64_t toll_of(const struct point *p)
{
    int64_t toll = p->best != COUNT_OPEN ? p->best : p->low;
    return toll > 0 ? toll : 0;
}

/* The area of a mark grows with its toll. Unit: 1/10. */
static int64_t radius_of(const struct point *p)
{
    int64_t toll = toll_of(p), area = (toll > 2000 ? 2000 : toll) * 150 + 1600, r = 0;
    while ((r + 1) * (r + 1) <= area)
        r++;
    return r;
}

static int compare_points(const void *x, const void *y)
{
    const struct point *a = *(const struct point *const *)x, *b = *(const struct point *const *)y;
    if (toll_of(a) != toll_of(b))
        return toll_of(a) > toll_of(b) ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void mark_title(struct buffer *out, const struct chart *chart, const struct point *p)
{
    buffer_add_text(out, "<title>");
    html_escape(out, p->label);
    if (p->best != COUNT_OPEN)
        buffer_format(out, ": %lld %s", (long long)p->best, chart->first);
    else if (p->low != COUNT_OPEN)
        buffer_format(out, ": at least %lld %s", (long long)p->low, chart->first);
    if (p->second != COUNT_OPEN)
        buffer_format(out, ", %lld %s", (long long)p->second, chart->second);
    buffer_add_text(out, "</title>");
}

static void mark_draw(struct buffer *out, const struct view *v, const struct chart *chart,
                      const struct point *p)
{
    buffer_add_text(out, "<a href=\"");
    html_escape(out, p->link);
    buffer_format(out, "\"><circle class=\"mark%s\" cx=\"",
                  toll_of(p)      ? ""
                  : p->second > 0 ? " hurt"
                                  : " none");
    tenths_add(out, place_x(v, p->x));
    buffer_add_text(out, "\" cy=\"");
    tenths_add(out, place_y(v, p->y));
    buffer_add_text(out, "\" r=\"");
    tenths_add(out, radius_of(p));
    buffer_add_text(out, "\">");
    mark_title(out, chart, p);
    buffer_add_text(out, "</circle></a>\n");
}

/* The space a label takes, to keep labels off each other. Unit: 1/10. */
struct label_box {
    int64_t left, right, base;
};

static bool is_free(const struct label_box *boxes, size_t n, const struct label_box *box)
{
    for (size_t i = 0; i < n; i++)
        if (box->left < boxes[i].right && box->right > boxes[i].left &&
            llabs(box->base - boxes[i].base) < 150)
            return false;
    return true;
}

/* The name alone, without region and country. */
static struct slice short_name(struct slice label)
{
    const char *comma = label.len ? memchr(label.ptr, ',', label.len) : NULL;
    return comma ? slice_sub(label, 0, (size_t)(comma - label.ptr)) : label;
}

static size_t letters(struct slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return n;
}

static void labels_draw(struct buffer *out, const struct view *v, const struct point *const *points,
                        size_t n)
{
    struct label_box boxes[MOST_LABELS];
    size_t placed = 0;
    for (size_t i = 0; i < n && placed < MOST_LABELS; i++) {
        const struct point *p = points[i];
        struct slice name = short_name(p->label);
        int64_t x = place_x(v, p->x), y = place_y(v, p->y), r = radius_of(p),
                width = (int64_t)letters(name) * 75;
        /* A phone's style makes the letters larger by half. */
        bool left = x + r + width * 8 / 5 > WIDTH * 10;
        struct label_box box = {left ? x - r - 30 - width : x + r + 30,
                                left ? x - r - 30 : x + r + 30 + width, y};
        if (!is_free(boxes, placed, &box))
            continue;
        buffer_format(out, "<text class=\"name%s%s\" x=\"", left ? " end" : "",
                      placed >= 4 ? " minor" : "");
        tenths_add(out, left ? box.right : box.left);
        buffer_add_text(out, "\" y=\"");
        tenths_add(out, y + 45);
        buffer_add_text(out, "\">");
        html_escape(out, name);
        buffer_add_text(out, "</text>\n");
        boxes[placed++] = box;
    }
}

void svg_map(struct buffer *out, const struct chart *chart, const struct outlines *outlines)
{
    struct view v = view_of(chart);
    const struct point **points = malloc(chart->n_points * sizeof *points);
    if (!points) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < chart->n_points; i++)
        points[i] = &chart->points[i];
    qsort(points, chart->n_points, sizeof *points, compare_points);
    svg_open(out, chart, "map", WIDTH, v.height);
    buffer_format(out, "<rect class=\"sea\" width=\"%d\" height=\"%d\"/>\n", WIDTH, v.height);
    if (outlines)
        outlines_draw(out, &v, outlines);
    /* The deadliest are drawn first, so that smaller marks stay on top. */
    for (size_t i = 0; i < chart->n_points; i++)
        mark_draw(out, &v, chart, points[i]);
    labels_draw(out, &v, points, chart->n_points);
    buffer_add_text(out, "</svg>\n");
    free(points);
}
