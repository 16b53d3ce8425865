#ifndef TRACKER_TEXT_SENTENCE_H
#define TRACKER_TEXT_SENTENCE_H

#include "text/document.h"

/* Fills doc->sentences from doc->tokens; every token belongs to exactly one sentence. -1 with
 * ERROR_LIMIT when the arena is full. For document_make alone. */
int sentences_make(struct arena *arena, const struct vocabulary *vocabulary, size_t title_len,
                   struct document *doc, struct error *err) WARN_UNUSED;

#endif
