#include "report/outlines.h"

#include "extract/place_file.h"

static const char *const kind_names[OUTLINE_KINDS] = {"land", "border", "region"};

static int row_read(struct arena *arena, const struct place_row *row, struct outline *out,
                    struct error *err)
{
    struct slice kind = place_row_column(row, 0);
    int64_t box[4];
    int k = 0;
    while (k < OUTLINE_KINDS && !slice_is(kind, kind_names[k]))
        k++;
    if (k == OUTLINE_KINDS)
        return place_row_error(row, err, "expected land, border or region in column 1");
    for (size_t i = 0; i < 4; i++)
        if (place_row_int(row, i + 1, -18000, 18000, 0, &box[i], err))
            return -1;
    *out = (struct outline){.kind = (enum outline_kind)k,
                            .west = (int32_t)box[0],
                            .south = (int32_t)box[1],
                            .east = (int32_t)box[2],
                            .north = (int32_t)box[3],
                            .points = arena_copy(arena, place_row_column(row, 5))};
    return out->points.ptr ? 0 : arena_full(arena, err);
}

int outlines_load(struct arena *arena, const char *path, struct outlines *out, struct error *err)
{
    struct place_file *file;
    struct place_row row;
    size_t capacity = 0;
    int got;
    *out = (struct outlines){0};
    if (place_file_open(&file, path, err))
        return -1;
    while ((got = place_file_next(file, &row, err)) > 0) {
        if (arena_grow(arena, &out->items, &capacity, out->n, sizeof *out->items, err) ||
            row_read(arena, &row, &out->items[out->n], err)) {
            got = -1;
            break;
        }
        out->n++;
    }
    place_file_close(file);
    return got;
}

static bool number_read(struct slice *rest, int32_t *out)
{
    size_t i = 0;
    bool minus = rest->len && rest->ptr[0] == '-';
    int32_t value = 0;
    for (i = minus; i < rest->len && rest->ptr[i] >= '0' && rest->ptr[i] <= '9'; i++) {
        if (value > 100000)
            return false;
        value = value * 10 + (rest->ptr[i] - '0');
    }
    if (i == minus)
        return false;
    *out = minus ? -value : value;
    *rest = slice_sub(*rest, i, rest->len - i);
    return true;
}

bool outline_step(struct slice *rest, int32_t *x, int32_t *y)
{
    int32_t dx, dy;
    *rest = slice_trim(*rest);
    if (!number_read(rest, &dx) || !rest->len || rest->ptr[0] != ',')
        return false;
    *rest = slice_sub(*rest, 1, rest->len - 1);
    if (!number_read(rest, &dy))
        return false;
    /* A damaged file may lead anywhere, but not out of the range of numbers. */
    if (*x + dx < -1000000 || *x + dx > 1000000 || *y + dy < -1000000 || *y + dy > 1000000)
        return false;
    *x += dx;
    *y += dy;
    return true;
}
