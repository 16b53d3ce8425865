#ifndef TRACKER_EXTRACT_LOOSE_NAME_H
#define TRACKER_EXTRACT_LOOSE_NAME_H

#include "base/buffer.h"

/* The loose spelling of a name: what the many ways of putting Arabic, Persian, Urdu, Burmese ...
 * names into Latin letters have in common. Articles, spaces, doubled letters, silent ends and the
 * choices between o and u, e and i, q and k, dh and d fall away: "Khan Younis" and "Khan Yunis",
 * "Deir el-Balah" and "Dayr al Balah", "Hodeidah" and "Al Hudaydah" have one each. */

/* Shorter ones say too little to be compared. */
#define LOOSE_NAME_LEAST 4

/* Appends the loose spelling of a folded name (utf8_fold_name) to `out`; nothing for a name with
 * other than Latin letters, or one that gets shorter than LOOSE_NAME_LEAST. */
void loose_name(struct buffer *out, struct slice folded);

#endif
