#ifndef TRACKER_READ_JSON_DOCUMENT_H
#define TRACKER_READ_JSON_DOCUMENT_H

#include "read/entry_list.h"
#include "read/json_cut.h"
#include "read/json_value.h"

/*
 * JSON documents that hold many reports: a JSON Feed (jsonfeed.org, versions 1 and 1.1) and the
 * export of one chat by Telegram's desktop client (result.json). They are read piece by piece, as
 * json_cut cuts them.
 */
struct json_document;

/* Whether a text, of which `head` is the beginning in UTF-8, is such a document. */
bool json_document_recognise(struct slice head);

/* A reader for a document that begins with `head`. NULL when memory is out. */
struct json_document *json_document_new(struct slice head);
void json_document_free(struct json_document *document);

/* Reads the next piece, whose first byte stands on `line`: 1 for an entry, 0 for a piece without
 * one (what stands around the entries, a message without text), -1 with ERROR_INPUT and the line
 * for a broken one, ERROR_LIMIT for memory. The entry's slices hold until the next piece or the
 * arena's reset. */
int json_document_piece(struct json_document *document, struct arena *arena, struct slice piece,
                        size_t line, struct entry *out, struct error *err) WARN_UNUSED;

/* The title of the feed or channel as far as it was read; holds until the document is freed. */
struct slice json_document_title(const struct json_document *document);

#endif
