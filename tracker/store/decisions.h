#ifndef TRACKER_STORE_DECISIONS_H
#define TRACKER_STORE_DECISIONS_H

#include "store/store.h"

/* A decision to be recorded; the operands are ids in digits, or "report:REF". */
struct decision_request {
    enum decision_kind kind;
    const char *a, *b; /* b NULL for pin and reject */
    const char *who, *why;
    const struct decided_place *place; /* of DECISION_PLACE; NULL: the database looks b up among
                                          the places reports tell of */
};

/* Records a decision and loads those of its cell, the new one among them (cell->decisions, in
 * `arena`); the transaction stays open, the cell locked, until store_decide_finish, or
 * store_settle_abandon, which undoes it. *is_new is false when the same word stood already. Fails
 * with ERROR_DATABASE and the reason when an operand is unknown. */
int store_decide(struct store *store, struct arena *arena, const struct decision_request *request,
                 struct settle_cell *cell, int64_t *decision_id, bool *is_new,
                 struct error *err) WARN_UNUSED;
int store_decide_finish(struct store *store, struct error *err) WARN_UNUSED;

/* Takes a decision back; committed at once. */
int store_retract(struct store *store, const char *id, const char *who, const char *why,
                  struct error *err) WARN_UNUSED;

/* The country of what an operand stands for; absent when it has none. */
int store_operand_country(struct store *store, struct arena *arena, const char *operand,
                          struct slice *out, struct error *err) WARN_UNUSED;

/* A row of strikes.decisions; texts, absent where NULL. */
struct shown_decision {
    struct slice decision_id, kind, a, b, who, why, recorded_at, status, refused_path;
};
/* All decisions, oldest first; those with one of `n_ids` ids when n_ids is not 0. */
int store_list_decisions(struct store *store, struct arena *arena, const int64_t *ids, size_t n_ids,
                         struct shown_decision **out, size_t *n_out, struct error *err) WARN_UNUSED;

#endif
