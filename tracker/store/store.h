#ifndef TRACKER_STORE_STORE_H
#define TRACKER_STORE_STORE_H

#include "reconcile/reconcile.h"
#include "rules/ruleset.h" /* COUNT_OPEN */

/* Every SQL statement of the program lives in this floor. A store is one connection; one thread
 * uses it at a time. */
struct store;

/* Connects with a libpq conninfo ("" or NULL: the PG* variables alone). ERROR_NO_DATABASE with
 * libpq's words and what to do when it cannot. Sets application_name, UTC, client_encoding, no
 * statement timeout. */
int store_open(struct store **out, const char *conninfo, struct error *err) WARN_UNUSED;
void store_close(struct store *store);

/* Pause before the first retry of lost work, in milliseconds (100); each further one waits three
 * times as long. */
void store_set_pause(struct store *store, int milliseconds);

/* Migrations (sql/NNNN_name.sql), numbered, forward only, each in one transaction with its SHA-256
 * kept in tracker.migration; then the files of published views (those of sql/views), replaced
 * whenever their text changed. */
struct migration_status {
    int applied_now;     /* migrations run by this call */
    int schema_version;  /* of the database after it; 0 before init */
    int program_version; /* newest in sql_dir */
};
int store_migrate(struct store *store, const char *sql_dir, struct migration_status *status,
                  struct error *err) WARN_UNUSED;
/* Fails with ERROR_REFUSED when the schema is newer than `sql_dir` knows, was changed (checksum),
 * or is missing or older
 * ("run tracker init"). */
int store_check(struct store *store, const char *sql_dir, struct migration_status *status,
                struct error *err) WARN_UNUSED;

/* Rows of the report side, as pipeline/ makes them of extractions. All slices and arrays live in
 * the batch's arena. Two reports may have one edition digest (the same words under two URLs), so
 * claim and event ids must be hashes over the report's id too; within a report they differ from
 * each other. */
struct claim_row {
    int64_t claim_id; /* hash of (report id, report edition, span, field, part, rule) */
    int32_t ordinal;  /* order in the report, from 0 */
    struct slice field, part, qualifier, role, doubt;           /* doubt absent when none */
    int64_t low, best, high;                                    /* COUNT_OPEN when open */
    int32_t span_start, span_end, sentence_start, sentence_end; /* bytes of the stored text */
    struct slice text, sentence;
    struct slice rule;
    struct slice claimant, claimant_kind, claimant_party; /* absent: the outlet itself */
    uint8_t claimant_rank;
    bool running_total;
    int64_t event_id; /* 0: belongs to no event */
};
struct stored_event {
    struct event_row row; /* what reconciliation reads, claims included */
    struct slice when_phrase, place_written, sentence;
    int32_t span_start, span_end, zone_offset;
};
struct report_row {
    int64_t report_id;
    struct digest
        identity; /* full digest behind report_id: a collision is an error, never a merge */
    struct digest edition;
    struct slice
        ref; /* the input's id (report.id): every one ever ingested resolves to the report */
    struct slice url, title, text, outlet, lang, path;
    instant published; /* INSTANT_NONE when unknown */
    bool published_has_time;
    bool withdrawn;
    struct claim_row *claims;
    size_t n_claims;
    struct stored_event *events;
    size_t n_events;
};
struct batch {
    struct digest ruleset; /* the rule set that read these reports */
    struct slice ruleset_path;
    struct report_row *reports;
    size_t n_reports;
    instant seen_at; /* when the pages were fetched; 0: they come from files */
};

/* What a call changed: rows inserted, updated or deleted in base tables of schema tracker, not
 * counting the work queue. */
struct change_counts {
    int64_t reports, claims, events, incidents, figures, revisions, others;
    int64_t rejected; /* reports left out: their id belongs to another report. No row, not part of
                         the total */
};
int64_t change_counts_total(const struct change_counts *counts);
void change_counts_add(struct change_counts *sum, const struct change_counts *more);

/* Stores one batch in one transaction: the reports' keys go COPY into staging, one comparison says
 * which of them are new, and only the rows of those follow, by COPY; cells of the touched countries
 * are marked dirty. A report whose edition and rule set are stored already changes nothing. Of
 * several editions the latest published counts, whatever the order they arrive in; a withdrawal
 * without a time comes last of all. Where the times say nothing (equal, or both missing) the one
 * that arrives later counts, in a batch the one further on, but never one that was replaced before.
 * What a page was seen to say (seen_at) counts from then on, also what it said before: an edition
 * is as late as its publication or its last sighting. Sightings are given as they happen.
 * A new edition or rule set replaces the report's live claims and events (old readings stay in
 * history). A report whose id belongs to another identity is left out, logged and counted as
 * rejected. Retries lost connections, deadlocks and races by itself (the batch is idempotent),
 * connecting again with growing pauses, about 12 s in all; then ERROR_NO_DATABASE, or
 * ERROR_DATABASE when the server kept refusing. Adds to *counts only what was committed. */
int store_write_batch(struct store *store, const struct batch *batch, struct change_counts *counts,
                      struct error *err) WARN_UNUSED;

/* Settling: takes the next dirty cell (a country) with SKIP LOCKED and loads all that
 * reconciliation needs of it. Returns 1 with the cell, 0 when nothing is dirty, -1 on failure. When
 * other processes hold every dirty cell it waits for them: after a 0 all that was stored before the
 * call is settled. The transaction stays open, and `arena` in use, until store_settle_finish or
 * _abandon. Retries by itself like store_write_batch. */
struct settle_cell {
    struct slice country;
    struct event_row *events;
    size_t n_events;
    struct decision *decisions;
    size_t n_decisions;
    struct former_member *former;
    size_t n_former;
    /* To be filled before store_settle_finish. */
    struct refused_decision *refused; /* what became of the decisions */
    size_t n_refused;
    const struct weights *weights; /* that the incidents were made with */
};
int store_settle_next(struct store *store, struct arena *arena, struct settle_cell *cell,
                      struct error *err) WARN_UNUSED;

/* Writes the cell's incidents (only those whose content digest changed; vanished ones are retired,
 * their ids redirect), figures, figure_claim, incident_event, a revision a changed figure, and
 * commits. Adds to *counts. On ERROR_RETRY nothing was written, and the caller takes a cell again
 * with store_settle_next (which gives up after a few losses in a row). */
int store_settle_finish(struct store *store, const struct settle_cell *cell,
                        const struct incident *incidents, size_t n_incidents,
                        const struct id_change *changes, size_t n_changes,
                        struct change_counts *counts, struct error *err) WARN_UNUSED;
/* Gives the cell back unsettled (rollback). */
void store_settle_abandon(struct store *store);
/* Marks the cells dirty that were settled with other weights. */
int store_mark_reweighted(struct store *store, const struct weights *weights,
                          struct error *err) WARN_UNUSED;
/* Marks every cell dirty, so that the next settling recomputes all. */
int store_mark_all(struct store *store, struct error *err) WARN_UNUSED;
/* From now on, store_settle_next leaves a country that was touched less than so many seconds ago by
 * the database's clock, unless it has been waiting for ten times as long; 0, as at the start: none
 * is left. What is left stays dirty, and counts as nothing for the 0 that store_settle_next
 * returns. */
void store_set_quiet(struct store *store, int seconds);
/* From now on, settling compares every row it would write with the one that is stored, and not only
 * the incidents whose content changed. */
void store_set_rebuild(struct store *store, bool rebuild);

/* What `tracker incidents` shows: rows of strikes.incidents, newest first. Filters may be NULL/0.
 */
struct incident_filter {
    const char *country;   /* ISO code */
    const char *place;     /* substring, any case */
    const char *from, *to; /* ISO dates, both included; NULL: open */
    int64_t min_killed;
    bool conflict; /* only those whose sources differ on the killed or wounded, or that are
                      contested */
    int limit;     /* 0: all */
};
struct shown_number {
    int64_t low, best, high; /* COUNT_OPEN when unknown */
};
struct shown_incident {
    struct slice incident_id; /* text */
    struct slice place, adm1, country, local_date, scope, grading,
        sources; /* sources joined by ", " */
    struct shown_number killed, wounded, drones, missiles;
    struct slice series; /* "12 19 25": the killed as the reports up to each time say; or absent */
    int64_t n_reports;
    bool is_child; /* stands below a wave */
};
int store_list_incidents(struct store *store, struct arena *arena,
                         const struct incident_filter *filter, struct shown_incident **out,
                         size_t *n_out, struct error *err) WARN_UNUSED;

/* Number of reports and live incidents stored, for the summary line. */
int store_totals(struct store *store, int64_t *reports, int64_t *incidents,
                 struct error *err) WARN_UNUSED;

/* Server and client versions, database, role, schema version: for doctor. */
struct store_info {
    struct slice server_version, libpq_version, host, port, database, role;
};
int store_describe(struct store *store, struct arena *arena, struct store_info *out,
                   struct error *err) WARN_UNUSED;

#endif
