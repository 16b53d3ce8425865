#ifndef TRACKER_BASE_JSON_H
#define TRACKER_BASE_JSON_H

#include "base/buffer.h"

/* Writes JSON text (RFC 8259) into a buffer; commas are placed by the writer. Reading JSON is the
 * business of read/ alone. */
struct json_writer {
    struct buffer *out;
    bool comma; /* the next value or key is not the first of its container */
};

void json_start(struct json_writer *json, struct buffer *out);
void json_open(struct json_writer *json, char bracket);  /* '{' or '[' */
void json_close(struct json_writer *json, char bracket); /* '}' or ']' */
/* `key` is plain ASCII that needs no escapes. */
void json_key_of(struct json_writer *json, const char *key, size_t len);
static inline void json_key(struct json_writer *json, const char *key)
{
    json_key_of(json, key, strlen(key)); /* known where a key is written out */
}
/* The key of two words, "name_part"; "name" when the part is empty. */
void json_key_parts(struct json_writer *json, struct slice name, struct slice part);
void json_slice(struct json_writer *json, struct slice value); /* absent gives null */
void json_text(struct json_writer *json, const char *value);   /* NULL gives null */
void json_int(struct json_writer *json, int64_t value);
void json_bool(struct json_writer *json, bool value);
void json_null(struct json_writer *json);
/* A decimal number of `scaled` / 10^digits, trailing zeros dropped: 4955589, 5 -> 49.55589. */
void json_decimal(struct json_writer *json, int64_t scaled, int digits);

#endif
