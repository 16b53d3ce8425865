#ifndef TRACKER_PIPELINE_ROWS_H
#define TRACKER_PIPELINE_ROWS_H

#include "extract/extract.h"
#include "store/store.h"

/* The rows of one report: what was read and extracted, as store/ keeps it. Ids are content hashes:
 * the report's of its identity, an event's and a claim's of the edition and the bytes they stand
 * in. Texts are copied into `arena` (the batch's), so the report's own arena may be reset
 * afterwards. -1 only with ERROR_LIMIT. */
int rows_of(struct arena *arena, const struct schema *schema, const struct report *report,
            const struct extraction *extraction, struct report_row *out,
            struct error *err) WARN_UNUSED;

/* The same for a report that comes from the store: its identity and edition are the stored ones,
 * which hash what the store does not keep (the offset its time was written with). */
int rows_again(struct arena *arena, const struct schema *schema, const struct report *report,
               const struct digest *identity, const struct digest *edition,
               const struct extraction *extraction, struct report_row *out,
               struct error *err) WARN_UNUSED;

#endif
