#include "store/copy_table.h"

int copy_table_start(struct store *store, struct copy_in *copy, const struct copy_table *table,
                     struct error *err)
{
    struct buffer sql;
    buffer_init(&sql, 4096);
    buffer_format(&sql, "COPY %s", table->into);
    for (size_t i = 0; i < table->n; i++)
        buffer_format(&sql, "%s%s", i ? ", " : " (", table->columns[i].name);
    buffer_add_text(&sql, ") FROM STDIN");
    buffer_add_char(&sql, '\0');
    int rc = buffer_check(&sql, err);
    if (rc == 0)
        rc = copy_in_start(store, copy, sql.ptr, table->what, err);
    buffer_free(&sql);
    return rc;
}

static int64_t whole_number(enum copy_kind kind, const void *value)
{
    switch (kind) {
    case COPY_INT64: return *(const int64_t *)value;
    case COPY_INT32: return *(const int32_t *)value;
    case COPY_UINT32: return *(const uint32_t *)value;
    case COPY_UINT16: return *(const uint16_t *)value;
    default: return *(const uint8_t *)value;
    }
}

static void write_numbers(struct copy_row *row, const uint32_t *numbers, size_t n)
{
    copy_array_start(row);
    for (size_t i = 0; i < n; i++)
        copy_array_int(row, i, (int32_t)numbers[i]);
    copy_array_end(row);
}

static void write_ids(struct copy_row *row, const int64_t *ids, size_t n)
{
    copy_array_start(row);
    for (size_t i = 0; i < n; i++)
        copy_array_int(row, i, ids[i]);
    copy_array_end(row);
}

static void write_value(struct copy_row *row, const struct copy_column *column, const char *part)
{
    const void *value = part + column->offset;
    size_t n = column->count ? *(const size_t *)(const void *)(part + column->count) : 0;
    switch (column->kind) {
    case COPY_BOOL: copy_bool(row, *(const bool *)value); return;
    case COPY_TEXT: copy_slice(row, *(const struct slice *)value); return;
    case COPY_TEXT_OR_NULL: copy_slice_or_null(row, *(const struct slice *)value); return;
    case COPY_DIGEST: copy_digest(row, value); return;
    case COPY_INSTANT: copy_instant(row, *(const instant *)value); return;
    case COPY_DAY: copy_day(row, *(const day_number *)value); return;
    case COPY_NAME: copy_text(row, column->names[*(const uint8_t *)value]); return;
    case COPY_ENUM: copy_text(row, column->names[*(const unsigned *)value]); return;
    case COPY_NUMBERS: write_numbers(row, *(uint32_t *const *)value, n); return;
    case COPY_IDS: write_ids(row, *(int64_t *const *)value, n); return;
    case COPY_TEXTS: copy_slices(row, *(struct slice *const *)value, n); return;
    default: break;
    }
    int64_t number = whole_number(column->kind, value);
    if (column->nullable)
        copy_int_or_null(row, number, column->none);
    else
        copy_int(row, number);
}

void copy_table_write(struct copy_row *row, const struct copy_table *table,
                      const void *const *parts)
{
    for (size_t i = 0; i < table->n; i++)
        write_value(row, &table->columns[i], parts[table->columns[i].part]);
}

int copy_table_row(struct copy_in *copy, const struct copy_table *table, const void *const *parts,
                   struct error *err)
{
    copy_table_write(&copy->row, table, parts);
    return copy_in_row(copy, err);
}
