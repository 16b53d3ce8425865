#ifndef TRACKER_BASE_LOG_H
#define TRACKER_BASE_LOG_H

#include "base/error.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* The only global of the program: messages above this level are dropped. Default LOG_INFO. */
void log_set_level(enum log_level level);
enum log_level log_get_level(void);

/* One line to stderr, "tracker: warning: text", written with a single write(2) so that lines of
 * threads do not mix. */
void log_write(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

/* The same for an error value, with its file:line:column. */
void log_error(enum log_level level, const struct error *err);

#endif
