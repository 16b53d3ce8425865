#ifndef TRACKER_TEXT_TOKEN_H
#define TRACKER_TEXT_TOKEN_H

#include "text/document.h"

/* Fills doc->tokens from doc->text, which is valid UTF-8 and shorter than 4 GiB. -1 with
 * ERROR_LIMIT when the arena is full. For document_make alone. */
int tokens_make(struct arena *arena, const struct vocabulary *vocabulary, struct document *doc,
                struct error *err) WARN_UNUSED;

#endif
