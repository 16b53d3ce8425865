/* Bars a day with their ranges, and a toll as it grew. Whole numbers only. */
#include "report/svg.h"
#include "rules/ruleset.h" /* COUNT_OPEN */

/* The view box: text of 11 units stays readable on a phone, where the picture is about as wide. */
#define WIDTH 400
#define HEIGHT 220
#define LEFT 38
#define RIGHT 392
#define TOP 24
#define BOTTOM 186
#define TICKS 4

void html_escape(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        switch (c) {
        case '&': buffer_add_text(out, "&amp;"); break;
        case '<': buffer_add_text(out, "&lt;"); break;
        case '>': buffer_add_text(out, "&gt;"); break;
        case '"': buffer_add_text(out, "&quot;"); break;
        case '\'': buffer_add_text(out, "&#39;"); break;
        default:
            buffer_add_char(out, (unsigned char)c < ' ' && c != '\n' ? ' ' : c == 0x7F ? ' ' : c);
        }
    }
}

void svg_open(struct buffer *out, const struct chart *chart, const char *class, int width,
              int height)
{
    buffer_format(out, "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", class,
                  width, height);
    html_escape(out, chart->alt);
    buffer_add_text(out, "\">\n");
}

int64_t axis_reach(int64_t most, int ticks, int64_t *step)
{
    static const int64_t round[] = {1, 2, 5};
    *step = 1;
    for (int64_t power = 1;; power *= 10)
        for (size_t i = 0; i < 3; i++) {
            *step = round[i] * power;
            if (*step * ticks >= most || power > INT64_MAX / 100)
                return *step * ticks;
        }
}

/* The greatest number of a chart; 1 when there is none. */
static int64_t chart_most(const struct chart *chart)
{
    int64_t most = 1;
    for (size_t i = 0; i < chart->n_points; i++) {
        const int64_t numbers[] = {chart->points[i].low, chart->points[i].best,
                                   chart->points[i].high, chart->points[i].second};
        for (size_t k = 0; k < 4; k++)
            if (numbers[k] > most) /* COUNT_OPEN is below any number */
                most = numbers[k];
    }
    /* Beyond this a bar's height could overflow; nobody fires as many. */
    return most > INT64_MAX / 1000 ? INT64_MAX / 1000 : most;
}

static int height_of(int64_t value, int64_t reach)
{
    if (value <= 0)
        return 0;
    if (value > reach)
        value = reach;
    return (int)(value * (BOTTOM - TOP) / reach);
}

static void axis(struct buffer *out, int64_t reach, int64_t step)
{
    for (int i = 0; i <= TICKS; i++) {
        int y = BOTTOM - height_of(step * i, reach);
        buffer_format(out, "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", LEFT,
                      y, RIGHT, y);
        buffer_format(out, "<text class=\"tick end\" x=\"%d\" y=\"%d\">%lld</text>\n", LEFT - 4,
                      y + 4, (long long)(step * i));
    }
}

static void legend(struct buffer *out, const struct chart *chart, const char *first,
                   const char *second)
{
    buffer_format(out,
                  "<rect class=\"%s\" x=\"%d\" y=\"4\" width=\"10\" height=\"10\"/>"
                  "<text class=\"tick\" x=\"%d\" y=\"13\">%s</text>\n",
                  first, LEFT, LEFT + 14, chart->first);
    if (chart->second)
        buffer_format(out,
                      "<rect class=\"%s\" x=\"%d\" y=\"4\" width=\"10\" height=\"10\"/>"
                      "<text class=\"tick\" x=\"%d\" y=\"13\">%s</text>\n",
                      second, LEFT + 90, LEFT + 104, chart->second);
}

static void bar(struct buffer *out, const char *class, int x, int width, int64_t value,
                int64_t reach)
{
    int height = height_of(value, reach);
    if (value > 0 && height == 0)
        height = 1; /* one among thousands is still somebody */
    buffer_format(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", class,
                  x, BOTTOM - height, width, height);
}

/* From low to high, ends marked; an open end is not drawn beyond the best. */
static void whisker(struct buffer *out, int x, const struct point *p, int64_t reach)
{
    int64_t low = p->low != COUNT_OPEN ? p->low : p->best,
            high = p->high != COUNT_OPEN ? p->high : p->best;
    if (low == COUNT_OPEN || high == COUNT_OPEN || low == high)
        return;
    int y1 = BOTTOM - height_of(high, reach), y2 = BOTTOM - height_of(low, reach);
    buffer_format(out, "<path class=\"whisker\" d=\"M%d %dH%dM%d %dV%dM%d %dH%d\"/>", x - 3, y1,
                  x + 3, x, y1, y2, x - 3, y2, x + 3);
}

static void point_title(struct buffer *out, const struct chart *chart, const struct point *p)
{
    buffer_add_text(out, "<title>");
    html_escape(out, p->label);
    if (p->best != COUNT_OPEN)
        buffer_format(out, ": %lld %s", (long long)p->best, chart->first);
    else if (p->low != COUNT_OPEN)
        buffer_format(out, ": at least %lld %s", (long long)p->low, chart->first);
    if (p->best != COUNT_OPEN && p->low != p->high && p->low != COUNT_OPEN && p->high != COUNT_OPEN)
        buffer_format(out, " (%lld-%lld)", (long long)p->low, (long long)p->high);
    if (p->second != COUNT_OPEN)
        buffer_format(out, ", %lld %s", (long long)p->second, chart->second);
    buffer_add_text(out, "</title>");
}

/* "19" below its bar, with the month where one begins; every so many days, so that they fit. */
static void day_label(struct buffer *out, const struct chart *chart, size_t i, int x)
{
    static const char months[][4] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    size_t every = (chart->n_points + 15) / 16;
    int year, month, day;
    day_to_civil((day_number)chart->points[i].x, &year, &month, &day);
    if (i % every == 0)
        buffer_format(out, "<text class=\"tick mid\" x=\"%d\" y=\"%d\">%d</text>", x, BOTTOM + 14,
                      day);
    if (i == 0 || day == 1)
        buffer_format(out, "<text class=\"tick%s\" x=\"%d\" y=\"%d\">%s %d</text>",
                      i == 0 ? "" : " mid", i == 0 ? LEFT : x, BOTTOM + 28, months[month], year);
}

void svg_days(struct buffer *out, const struct chart *chart)
{
    bool munitions = chart->kind == CHART_MUNITIONS;
    const char *first = munitions ? "launched" : "killed",
               *second = munitions ? "intercepted" : "wounded";
    int64_t step, reach = axis_reach(chart_most(chart), TICKS, &step);
    int n = chart->n_points ? (int)chart->n_points : 1;
    svg_open(out, chart, "chart", WIDTH, HEIGHT);
    legend(out, chart, first, second);
    axis(out, reach, step);
    for (int i = 0; i < (int)chart->n_points; i++) {
        const struct point *p = &chart->points[i];
        int x1 = LEFT + (RIGHT - LEFT) * i / n, x2 = LEFT + (RIGHT - LEFT) * (i + 1) / n;
        int room = x2 - x1, gap = room > 5 ? room / 6 : 0, width = room - 2 * gap;
        buffer_add_text(out, "<g>");
        point_title(out, chart, p);
        if (munitions) {
            bar(out, first, x1 + gap, width, p->best != COUNT_OPEN ? p->best : p->low, reach);
            bar(out, second, x1 + gap, width, p->second, reach);
            whisker(out, x1 + gap + width / 2, p, reach);
        } else {
            int half = width > 1 ? width / 2 : 1;
            bar(out, first, x1 + gap, half, p->best != COUNT_OPEN ? p->best : p->low, reach);
            bar(out, second, x1 + gap + half, half, p->second, reach);
            whisker(out, x1 + gap + half / 2, p, reach);
        }
        buffer_add_text(out, "</g>\n");
        day_label(out, chart, (size_t)i, (x1 + x2) / 2);
    }
    buffer_add_text(out, "</svg>\n");
}

static int time_x(const struct chart *chart, int64_t moment)
{
    int64_t first = chart->points[0].x, last = chart->points[chart->n_points - 1].x;
    if (last <= first)
        return LEFT;
    return LEFT + 4 + (int)((moment - first) * (RIGHT - LEFT - 12) / (last - first));
}

void svg_toll(struct buffer *out, const struct chart *chart)
{
    int64_t step, reach = axis_reach(chart_most(chart), TICKS, &step);
    svg_open(out, chart, "chart", WIDTH, HEIGHT);
    axis(out, reach, step);
    buffer_add_text(out, "<path class=\"toll\" d=\"");
    for (size_t i = 0; i < chart->n_points; i++) {
        int x = time_x(chart, chart->points[i].x),
            y = BOTTOM - height_of(chart->points[i].best, reach);
        if (i)
            buffer_format(out, "H%d", x); /* a toll stands until the next word */
        buffer_format(out, i ? "V%d" : "M%d %d", i ? y : x, y);
    }
    buffer_add_text(out, "\"/>\n");
    for (size_t i = 0; i < chart->n_points; i++) {
        const struct point *p = &chart->points[i];
        int x = time_x(chart, p->x), y = BOTTOM - height_of(p->best, reach);
        buffer_format(out, "<g><circle class=\"killed\" cx=\"%d\" cy=\"%d\" r=\"3\"/>", x, y);
        point_title(out, chart, p);
        buffer_format(out, "<text class=\"tick mid\" x=\"%d\" y=\"%d\">%lld</text></g>\n", x, y - 7,
                      (long long)p->best);
    }
    buffer_format(out, "<text class=\"tick\" x=\"%d\" y=\"%d\">", LEFT, BOTTOM + 14);
    html_escape(out, chart->points[0].label);
    buffer_format(out, "</text><text class=\"tick end\" x=\"%d\" y=\"%d\">", RIGHT, BOTTOM + 14);
    html_escape(out, chart->points[chart->n_points - 1].label);
    buffer_add_text(out, "</text>\n</svg>\n");
}
