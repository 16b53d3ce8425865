#ifndef TRACKER_READ_JSON_VALUE_H
#define TRACKER_READ_JSON_VALUE_H

#include "base/error.h"

/* Reads one JSON value at a time with json-c; keeps the tree of the last one alive, for slices
 * point into it. */
struct json_reader;
struct json_object;

/* An object of json-c takes some 800 bytes for the two of "{}", so the values of a text are counted
 * before a tree is made of it. No report needs more than this; its text is one value. */
#define JSON_MAX_VALUES 65536

/* Values in a text, near enough: each but the first follows one of { [ , : outside strings. */
size_t json_count_values(struct slice text);

/* NULL when memory is out. `strict`: no comments, no NaN, no trailing comma, nothing behind the
 * value, no line feeds in strings. */
struct json_reader *json_reader_new(bool strict);
void json_reader_free(struct json_reader *reader);

/* Reads a text that begins with '{' or '[': NULL with ERROR_INPUT and the column (in bytes from 1,
 * 0 when unknown) when it is broken or too large. The tree holds until the next call. */
struct json_object *json_read(struct json_reader *reader, struct slice text, struct error *err);

/* The member of an object; NULL when there is none or `object` is none. */
struct json_object *json_get(struct json_object *object, const char *key);

/* A string; absent for anything else. */
struct slice json_string(struct json_object *value);

/* A string, or a number as it was written, into *out. False for anything else, and for an integer
 * that json-c may have cut to 64 bits: cut numbers would make different reports one. */
bool json_name(struct json_object *value, struct slice *out);

#endif
