#ifndef TRACKER_READ_URL_H
#define TRACKER_READ_URL_H

#include "base/arena.h"

/* Whether an operand is meant as an address of the web: begins with http:// or https://. */
bool url_is_address(const char *operand);

/* The form of a web address two outlets' links to one page share: scheme and host in lower case, no
 * default port, no fragment, no parameters that only track the reader (utm_*, fbclid ...), no empty
 * query, "/" for an empty path (RFC 3986 section 6.2.3). Parameters keep their order and the path
 * its case, for servers may tell those apart. Anything that is not http or https with a host is
 * returned as it is. The result lives in `arena` or is `url`. -1 with ERROR_LIMIT when the arena is
 * full. */
int url_canonical(struct arena *arena, struct slice url, struct slice *out,
                  struct error *err) WARN_UNUSED;

/* A reference as a page at `base` gives it, made absolute (RFC 3986 section 5.2): "../a", "/a",
 * "//host/a", "?b". Without a base, or one that is no http or https, it comes back as it is. The
 * result lives in `arena` or is `reference`. -1 with ERROR_LIMIT when the arena is full. */
int url_resolve(struct arena *arena, struct slice base, struct slice reference, struct slice *out,
                struct error *err) WARN_UNUSED;

/* Whether an address is absolute and http or https, with a host and without white space. */
bool url_is_web(struct slice url);

/* Whether an address of the web names no more than a host. */
bool url_is_front_page(struct slice url);

/* The host of an address of the web without "www." and port; absent when it is none. */
struct slice url_host(struct slice url);

#endif
