#ifndef TRACKER_TEXT_FOLD_ASCII_H
#define TRACKER_TEXT_FOLD_ASCII_H

#include "base/buffer.h"

/* The roughest folding, for comparing names written by different coders: compatibility
 * decomposition (NFKD), everything beyond ASCII dropped, lower case, runs of anything but letters
 * and digits to one space, none at either end. "Az-Zāwiyah (west)" becomes "az zawiyah west"; a
 * name of another script becomes nothing. Appends to `out`. */
void fold_ascii(struct buffer *out, struct slice text);

#endif
