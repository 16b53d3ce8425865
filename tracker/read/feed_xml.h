#ifndef TRACKER_READ_FEED_XML_H
#define TRACKER_READ_FEED_XML_H

#include "read/entry_list.h"

/*
 * Feeds in XML, read by libxml2 event by event: no tree, no network, no external subset, no
 * entities but those of XML and HTML. A feed that declares entities of its own is refused (the
 * billion laughs are told that way), one that nests deeper than 256 elements as well; neither its
 * attributes nor its namespaces can make the parser's work grow with their square.
 */

/* Whether a document is XML whose outermost element is that of a feed or a news sitemap, or any but
 * <html> behind an XML declaration. `head` is in UTF-8 and begins with '<'. */
bool feed_recognise(struct slice head);

/* As entry_list_read. ERROR_INPUT for XML that is no feed. */
int feed_read(struct arena *arena, const struct page_source *source, struct entry_list *out,
              struct error *err) WARN_UNUSED;

#endif
