#include "read/url.h"

/* Parameters that say how a reader came to a page, never which page it is. A final * stands for any
 * ending. Case does not matter. Sources: the documentation of each tracker named at the right. */
static const char *const tracking[] = {
    "utm_*", /* Google Analytics campaigns */
    "gclid",       "gclsrc",        "dclid",
    "gbraid",      "wbraid",        "_ga",
    "_gl", /* Google Ads, Analytics */
    "fbclid",      "fb_action_ids", "fb_action_types",
    "fb_ref",      "fb_source", /* Facebook */
    "igshid",      "igsh",      /* Instagram */
    "twclid",      "ttclid",        "yclid",
    "msclkid",     "li_fat_id", /* Twitter, TikTok, Yandex, Bing, LinkedIn */
    "mc_cid",      "mc_eid",        "mkt_tok",
    "_hsenc",      "_hsmi",         "vero_id", /* newsletters */
    "at_medium",   "at_campaign",   "at_custom*",
    "at_link_*",   "at_format",     "at_ptr_name",
    "at_bbc_team", "ns_*", /* BBC */
    "xtor",        "wt_mc",         "smid",
    "cmpid",       "guccounter",    "guce_*", /* AT Internet, Webtrekk, NYT, Bloomberg, Yahoo */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool starts_like(struct slice s, struct slice lower_case)
{
    if (s.len < lower_case.len)
        return false;
    for (size_t i = 0; i < lower_case.len; i++) {
        if (lower(s.ptr[i]) != lower_case.ptr[i])
            return false;
    }
    return true;
}

static bool is_tracking(struct slice parameter)
{
    const char *equals = memchr(parameter.ptr, '=', parameter.len);
    struct slice name = {parameter.ptr, equals ? (size_t)(equals - parameter.ptr) : parameter.len};
    for (size_t i = 0; i < sizeof tracking / sizeof *tracking; i++) {
        struct slice pattern = slice_of(tracking[i]);
        bool open = pattern.ptr[pattern.len - 1] == '*';
        pattern.len -= open;
        if (starts_like(name, pattern) && (open || name.len == pattern.len))
            return true;
    }
    return false;
}

/* The part of `s` before the first of the characters in `stops`. */
static struct slice until(struct slice s, const char *stops)
{
    size_t i = 0;
    while (i < s.len && s.ptr[i] && !strchr(stops, s.ptr[i]))
        i++;
    return slice_sub(s, 0, i);
}

static struct slice after(struct slice s, size_t n)
{
    return slice_sub(s, n, s.len - n);
}

static bool ends_with(struct slice s, const char *end)
{
    size_t n = strlen(end);
    return s.len >= n && memcmp(s.ptr + s.len - n, end, n) == 0;
}

/* "user@Host:443" -> "user@host", appended at `to`. Only the host is folded: a user name has case.
 */
static char *put_authority(char *to, struct slice authority, const char *default_port)
{
    if (ends_with(authority, ":"))
        authority.len--;
    else if (ends_with(authority, default_port))
        authority.len -= strlen(default_port);
    size_t host = 0;
    for (size_t i = 0; i < authority.len; i++) {
        if (authority.ptr[i] == '@')
            host = i + 1;
    }
    for (size_t i = 0; i < authority.len; i++)
        *to++ = i < host ? authority.ptr[i] : lower(authority.ptr[i]);
    return to;
}

static char *put(char *to, struct slice s)
{
    if (s.len)
        memcpy(to, s.ptr, s.len);
    return to + s.len;
}

static char *put_query(char *to, struct slice query)
{
    char mark = '?';
    while (query.len) {
        struct slice parameter = until(query, "&");
        query = after(query, parameter.len + (parameter.len < query.len));
        if (parameter.len == 0 || is_tracking(parameter))
            continue;
        *to++ = mark;
        to = put(to, parameter);
        mark = '&';
    }
    return to;
}

static bool has_space(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] <= ' ')
            return true;
    }
    return false;
}

int url_canonical(struct arena *arena, struct slice url, struct slice *out, struct error *err)
{
    static const struct scheme {
        struct slice prefix;
        const char *default_port;
    } schemes[] = {{{"http://", 7}, ":80"}, {{"https://", 8}, ":443"}};

    *out = url;
    const struct scheme *scheme = NULL;
    for (size_t i = 0; i < 2; i++) {
        if (starts_like(url, schemes[i].prefix))
            scheme = &schemes[i];
    }
    if (!scheme || has_space(url))
        return 0;
    struct slice rest = until(after(url, scheme->prefix.len), "#");
    struct slice authority = until(rest, "/?");
    if (authority.len == 0)
        return 0;
    char *start = arena_alloc(arena, url.len + 2); /* at most a "/" more than it was */
    if (!start)
        return arena_full(arena, err);
    struct slice tail = after(rest, authority.len);
    struct slice path = until(tail, "?");
    char *to = put(start, scheme->prefix);
    to = put_authority(to, authority, scheme->default_port);
    to = put(to, path.len ? path : SLICE_LITERAL("/"));
    if (path.len < tail.len)
        to = put_query(to, after(tail, path.len + 1));
    *to = 0;
    *out = (struct slice){start, (size_t)(to - start)};
    return 0;
}

/* ---- references --------------------------------------------------------------------------------
 */

/* Bytes up to the host: "https://", 0 when it is another scheme or none. */
static size_t web_scheme(struct slice url)
{
    return starts_like(url, SLICE_LITERAL("http://"))    ? 7
           : starts_like(url, SLICE_LITERAL("https://")) ? 8
                                                         : 0;
}

bool url_is_address(const char *operand)
{
    return web_scheme(slice_of(operand)) != 0;
}

bool url_is_web(struct slice url)
{
    size_t scheme = web_scheme(url);
    return scheme && !has_space(url) && until(after(url, scheme), "/?#").len;
}

bool url_is_front_page(struct slice url)
{
    size_t scheme = web_scheme(url);
    struct slice rest = after(url, scheme ? scheme : url.len);
    struct slice tail = after(rest, until(rest, "/?#").len);
    return scheme && (tail.len == 0 || slice_is(tail, "/"));
}

struct slice url_host(struct slice url)
{
    size_t scheme = web_scheme(url);
    if (!scheme)
        return SLICE_NONE;
    struct slice host = until(after(url, scheme), "/?#");
    for (size_t i = 0; i < host.len; i++) {
        if (host.ptr[i] == '@')
            host = after(host, i + 1), i = 0;
    }
    host = until(host, ":");
    return starts_like(host, SLICE_LITERAL("www.")) ? after(host, 4) : host;
}

/* "mailto:", "javascript:", "https:": a name and a colon before any slash. */
static bool has_scheme(struct slice reference)
{
    size_t i = 0;
    while (i < reference.len &&
           ((lower(reference.ptr[i]) >= 'a' && lower(reference.ptr[i]) <= 'z') ||
            (i && strchr("0123456789+-.", reference.ptr[i]) && reference.ptr[i])))
        i++;
    return i && i < reference.len && reference.ptr[i] == ':';
}

/* Drops "." and ".." from the path in [start, end) in place; returns its new end. */
static char *remove_dots(char *start, char *end)
{
    char *to = start;
    for (char *from = start; from < end;) {
        char *slash = memchr(from + 1, '/', (size_t)(end - from - 1));
        char *next = slash ? slash : end;
        size_t len = (size_t)(next - from - 1); /* of the segment behind the slash */
        bool one = len == 1 && from[1] == '.', two = len == 2 && from[1] == '.' && from[2] == '.';
        if (two) {
            while (to > start && *--to != '/')
                ;
        }
        if (one || two) {
            if (next == end)
                *to++ = '/';
        } else {
            memmove(to, from, len + 1);
            to += len + 1;
        }
        from = next;
    }
    return to;
}

int url_resolve(struct arena *arena, struct slice base, struct slice reference, struct slice *out,
                struct error *err)
{
    size_t scheme = web_scheme(base);
    *out = reference;
    if (!scheme || reference.len == 0 || has_scheme(reference))
        return 0;
    struct slice authority = until(after(base, scheme), "/?#");
    struct slice rest = after(base, scheme + authority.len), path = until(rest, "?#");
    struct slice keep = slice_sub(base, 0, scheme + authority.len);
    char *start = arena_alloc(arena, base.len + reference.len + 2);
    if (!start)
        return arena_full(arena, err);
    if (slice_starts(reference, SLICE_LITERAL("//")))
        keep.len = scheme - 2; /* "https:" */
    char *to = put(start, keep), *root = to;
    struct slice ref_path = until(reference, "?#");
    if (reference.ptr[0] == '?' || reference.ptr[0] == '#') {
        to = put(to, reference.ptr[0] == '?' ? path : until(rest, "#"));
    } else if (reference.ptr[0] != '/') {
        size_t dir = path.len;
        while (dir && path.ptr[dir - 1] != '/')
            dir--;
        to = dir ? put(to, slice_sub(path, 0, dir)) : put(to, SLICE_LITERAL("/"));
    }
    to = put(to, ref_path);
    if (keep.len == scheme + authority.len && to > root && *root == '/')
        to = remove_dots(root, to);
    to = put(to, after(reference, ref_path.len));
    *out = (struct slice){start, (size_t)(to - start)};
    return 0;
}
