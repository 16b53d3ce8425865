#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void fill_text(struct error *err, enum error_code code, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static void fill_text(struct error *err, enum error_code code, const char *format, va_list args)
{
    /* Arguments may point into err->text (wrapping an error), so the text is made aside. */
    char text[sizeof err->text];
    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    err->code = code;
    memcpy(err->text, text, sizeof text);
}

int error_set(struct error *err, enum error_code code, const char *format, ...)
{
    if (!err)
        return -1;
    va_list args;
    va_start(args, format);
    fill_text(err, code, format, args);
    va_end(args);
    err->file[0] = '\0';
    err->line = 0;
    err->column = 0;
    return -1;
}

int error_at(struct error *err, enum error_code code, const char *file, int line, int column,
             const char *format, ...)
{
    if (!err)
        return -1;
    va_list args;
    va_start(args, format);
    fill_text(err, code, format, args);
    va_end(args);
    if (file != err->file)
        snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    err->line = line;
    err->column = column;
    return -1;
}

void error_describe(const struct error *err, char *out, size_t size)
{
    char place[32] = "";
    if (err->line > 0 && err->column > 0)
        snprintf(place, sizeof place, "%d:%d:", err->line, err->column);
    else if (err->line > 0)
        snprintf(place, sizeof place, "%d:", err->line);
    const char *colon = err->file[0] ? ":" : "";
    const char *blank = err->file[0] || place[0] ? " " : "";
    snprintf(out, size, "%s%s%s%s%s", err->file, colon, place, blank, err->text);
}
