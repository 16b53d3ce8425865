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
