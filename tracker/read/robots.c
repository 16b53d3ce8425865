#include "read/robots.h"

#include <strings.h>

/* Nobody waits longer between two pages. */
#define MOST_DELAY 60

static bool line_next(struct slice *rest, struct slice *line)
{
    if (!rest->len)
        return false;
    size_t n = 0;
    while (n < rest->len && rest->ptr[n] != '\n' && rest->ptr[n] != '\r')
        n++;
    *line = slice_sub(*rest, 0, n);
    *rest = slice_sub(*rest, n + (n < rest->len), rest->len - n - (n < rest->len));
    const char *comment = line->len ? memchr(line->ptr, '#', line->len) : NULL;
    if (comment)
        line->len = (size_t)(comment - line->ptr);
    return true;
}

/* "Key: value", both trimmed; false for a line that is none. */
static bool pair_read(struct slice line, struct slice *key, struct slice *value)
{
    const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
    if (!colon)
        return false;
    size_t n = (size_t)(colon - line.ptr);
    *key = slice_trim(slice_sub(line, 0, n));
    *value = slice_trim(slice_sub(line, n + 1, line.len - n - 1));
    return true;
}

static bool is_word(struct slice text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

/* The product token of a User-agent line: letters, '-' and '_' (RFC 9309 section 2.2.1). */
static struct slice token_of(struct slice value)
{
    size_t n = 0;
    while (n < value.len && (value.ptr[n] == '-' || value.ptr[n] == '_' ||
                             ((value.ptr[n] | 32) >= 'a' && (value.ptr[n] | 32) <= 'z')))
        n++;
    return slice_sub(value, 0, n);
}

/* Whether a rule's pattern matches the beginning of a path. A '*' is tried greedily from the left:
 * with one point to go back to, at most pattern times path steps. */
static bool pattern_matches(struct slice pattern, struct slice path)
{
    bool whole = pattern.len && pattern.ptr[pattern.len - 1] == '$';
    size_t n = pattern.len - whole, p = 0, t = 0, star = SIZE_MAX, mark = 0;
    for (;;) {
        if (p == n && (!whole || t == path.len))
            return true;
        if (p < n && pattern.ptr[p] == '*') {
            star = ++p;
            mark = t;
        } else if (p < n && t < path.len && pattern.ptr[p] == path.ptr[t]) {
            p++, t++;
        } else if (star != SIZE_MAX && mark < path.len) {
            p = star;
            t = ++mark;
        } else {
            return false;
        }
    }
}

/* What the rules for one agent say. */
struct verdict {
    bool found; /* a group names it */
    bool allow;
    size_t length; /* of the pattern that decided, -1 none yet */
    bool decided;
    int delay;
};

static void rule_heed(struct verdict *verdict, struct slice key, struct slice value,
                      struct slice path)
{
    bool allow = is_word(key, "allow");
    if (is_word(key, "crawl-delay")) {
        int seconds = 0;
        for (size_t i = 0; i < value.len && value.ptr[i] >= '0' && value.ptr[i] <= '9'; i++)
            seconds = seconds < 10000 ? seconds * 10 + (value.ptr[i] - '0') : seconds;
        seconds = seconds < MOST_DELAY ? seconds : MOST_DELAY;
        verdict->delay = seconds > verdict->delay ? seconds : verdict->delay;
        return;
    }
    if (!allow && !is_word(key, "disallow"))
        return;
    if (!value.len || !pattern_matches(value, path))
        return; /* an empty Disallow forbids nothing */
    if (!verdict->decided || value.len > verdict->length ||
        (value.len == verdict->length && allow)) {
        verdict->decided = true;
        verdict->length = value.len;
        verdict->allow = allow;
    }
}

static struct verdict judge(struct slice text, const char *agent, struct slice path)
{
    struct verdict verdict = {.allow = true};
    struct slice rest = text.len > ROBOTS_MAX ? slice_sub(text, 0, ROBOTS_MAX) : text;
    struct slice line, key, value;
    bool naming = false, ours = false; /* in the User-agent lines of a group; the group is ours */
    if (slice_starts(rest, SLICE_LITERAL("\xEF\xBB\xBF")))
        rest = slice_sub(rest, 3, rest.len - 3);
    while (line_next(&rest, &line)) {
        if (!pair_read(line, &key, &value))
            continue;
        if (is_word(key, "user-agent")) {
            struct slice token = strcmp(agent, "*") == 0 ? value : token_of(value);
            bool named = is_word(token, agent);
            ours = naming ? ours || named : named;
            naming = true;
            verdict.found |= named;
        } else if (!is_word(key, "sitemap")) {
            naming = false;
            if (ours)
                rule_heed(&verdict, key, value, path);
        }
    }
    return verdict;
}

/* The agent's own groups, else those for everybody. */
static struct verdict judge_any(struct slice text, const char *agent, struct slice path)
{
    struct verdict verdict = judge(text, agent, path);
    return verdict.found ? verdict : judge(text, "*", path);
}

bool robots_allow(struct slice text, const char *agent, struct slice path)
{
    return slice_is(path, "/robots.txt") || judge_any(text, agent, path).allow;
}

int robots_delay(struct slice text, const char *agent)
{
    return judge_any(text, agent, SLICE_LITERAL("/")).delay;
}
