#include "extract/gazetteer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "extract/gazetteer_index.h"
#include "extract/loose_name.h"
#include "text/utf8.h"

struct gazetteer {
    const char *bytes;
    size_t size;
    struct index_header header;
    const struct gazetteer_place *places;
    const struct index_slot *slots;
    const struct index_first *firsts;
    const unsigned char *bloom;
    const uint32_t *lists;
    const char *strings;
};

/* Whether `count` elements of `size` bytes at `offset` lie inside the file, aligned. */
static bool section_fits(const struct index_header *h, uint64_t offset, uint64_t count,
                         uint64_t size)
{
    return offset % 8 == 0 && offset >= sizeof *h && offset <= h->size &&
           count <= (h->size - offset) / size;
}

static bool power_of_two(uint32_t n)
{
    return n && (n & (n - 1)) == 0;
}

static const char *header_fault(const struct index_header *h, size_t size)
{
    if (memcmp(h->magic, INDEX_MAGIC, sizeof h->magic) != 0)
        return "not a gazetteer index";
    if (h->order != INDEX_ORDER || h->version != INDEX_VERSION)
        return "made by another version or machine; run 'tracker places import' again";
    if (h->size != size)
        return "truncated or damaged";
    bool good = power_of_two(h->n_slots) && power_of_two(h->n_firsts) && h->bloom_bits >= 3 &&
                h->bloom_bits < 32 && h->n_places < INDEX_PLACE_MASK &&
                section_fits(h, h->places, h->n_places, sizeof(struct gazetteer_place)) &&
                section_fits(h, h->slots, h->n_slots, sizeof(struct index_slot)) &&
                section_fits(h, h->firsts, h->n_firsts, sizeof(struct index_first)) &&
                section_fits(h, h->bloom, (1u << h->bloom_bits) / 8, 1) &&
                section_fits(h, h->lists, h->n_lists, sizeof(uint32_t)) &&
                section_fits(h, h->strings, h->strings_len, 1) && h->strings_len >= 3;
    return good ? NULL : "damaged";
}

static void set_sections(struct gazetteer *g)
{
    g->places = (const void *)(g->bytes + g->header.places);
    g->slots = (const void *)(g->bytes + g->header.slots);
    g->firsts = (const void *)(g->bytes + g->header.firsts);
    g->bloom = (const void *)(g->bytes + g->header.bloom);
    g->lists = (const void *)(g->bytes + g->header.lists);
    g->strings = g->bytes + g->header.strings;
}

/* Maps the file; fills bytes and size. */
static int map_file(struct gazetteer *g, const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        int code = errno;
        if (fd >= 0)
            close(fd);
        return error_at(err, ERROR_IO, path, 0, 0, "cannot open the gazetteer: %s", strerror(code));
    }
    if (!S_ISREG(st.st_mode) || st.st_size < (off_t)sizeof g->header) {
        close(fd);
        return error_at(err, ERROR_CONFIG, path, 0, 0, "not a gazetteer index");
    }
    g->size = (size_t)st.st_size;
    void *bytes = mmap(NULL, g->size, PROT_READ, MAP_PRIVATE, fd, 0);
    int code = errno;
    close(fd);
    if (bytes == MAP_FAILED)
        return error_at(err, ERROR_IO, path, 0, 0, "cannot map the gazetteer: %s", strerror(code));
    g->bytes = bytes;
    return 0;
}

int gazetteer_open(struct gazetteer **out, const char *path, struct error *err)
{
    *out = NULL;
    struct gazetteer *g = calloc(1, sizeof *g);
    if (!g)
        return error_set(err, ERROR_LIMIT, "out of memory");
    if (map_file(g, path, err)) {
        free(g);
        return -1;
    }
    memcpy(&g->header, g->bytes, sizeof g->header);
    const char *fault = header_fault(&g->header, g->size);
    if (fault) {
        gazetteer_free(g);
        return error_at(err, ERROR_CONFIG, path, 0, 0, "%s", fault);
    }
    set_sections(g);
    *out = g;
    return 0;
}

void gazetteer_free(struct gazetteer *gazetteer)
{
    if (!gazetteer)
        return;
    munmap((void *)(uintptr_t)gazetteer->bytes, gazetteer->size);
    free(gazetteer);
}

struct slice gazetteer_text(const struct gazetteer *g, uint32_t ref)
{
    if (ref + UINT64_C(3) > g->header.strings_len)
        return SLICE_LITERAL("");
    uint16_t len;
    memcpy(&len, g->strings + ref, sizeof len);
    if (ref + UINT64_C(3) + len > g->header.strings_len)
        return SLICE_LITERAL("");
    return (struct slice){g->strings + ref + sizeof len, len};
}

/* The slot of a folded name, or NULL. */
static const struct index_slot *find_hashed(const struct gazetteer *g, struct slice key,
                                            uint64_t hash)
{
    uint32_t tag = index_tag(hash), mask = g->header.n_slots - 1;
    for (uint32_t k = 0; k <= mask; k++) {
        const struct index_slot *slot = &g->slots[((uint32_t)hash + k) & mask];
        if (slot->name == 0)
            return NULL;
        if (slot->tag == tag && slice_equal(gazetteer_text(g, slot->name), key))
            return (uint64_t)slot->list + slot->count <= g->header.n_lists ? slot : NULL;
    }
    return NULL;
}

static const struct index_slot *find_slot(const struct gazetteer *g, struct slice key)
{
    return find_hashed(g, key, hash_bytes(key.ptr, key.len));
}

static void set_candidates(const struct gazetteer *g, const struct index_slot *slot,
                           struct place_candidates *out)
{
    *out = (struct place_candidates){g->lists + slot->list, slot->count, slot->flags};
}

bool gazetteer_find(const struct gazetteer *g, struct slice name, struct place_candidates *out)
{
    struct buffer folded;
    buffer_init(&folded, 4 * INDEX_NAME_BYTES);
    utf8_fold_name(&folded, name);
    const struct index_slot *slot = NULL;
    if (!folded.failed && folded.len)
        slot = find_slot(g, buffer_slice(&folded));
    buffer_free(&folded);
    if (slot)
        set_candidates(g, slot, out);
    return slot != NULL;
}

bool gazetteer_find_loose(const struct gazetteer *g, struct slice name,
                          struct place_candidates *out)
{
    struct buffer key, folded;
    buffer_init(&key, 4 * INDEX_NAME_BYTES);
    buffer_init(&folded, 4 * INDEX_NAME_BYTES);
    buffer_add(&key, "\x02", 1);
    utf8_fold_name(&folded, name);
    loose_name(&key, buffer_slice(&folded));
    const struct index_slot *slot = NULL;
    if (!key.failed && !folded.failed && key.len > 1)
        slot = find_slot(g, buffer_slice(&key));
    buffer_free(&key);
    buffer_free(&folded);
    if (slot)
        set_candidates(g, slot, out);
    return slot != NULL;
}

uint32_t gazetteer_find_code(const struct gazetteer *g, struct slice code)
{
    char key[INDEX_NAME_BYTES] = {1};
    if (code.len == 0 || code.len >= sizeof key)
        return PLACE_NONE;
    memcpy(key + 1, code.ptr, code.len);
    const struct index_slot *slot = find_slot(g, (struct slice){key, code.len + 1});
    return slot && slot->count ? g->lists[slot->list] & INDEX_PLACE_MASK : PLACE_NONE;
}

const struct gazetteer_place *gazetteer_place_at(const struct gazetteer *g, uint32_t index)
{
    return index < g->header.n_places ? &g->places[index] : NULL;
}

uint32_t gazetteer_place_index(const struct gazetteer *g, const struct gazetteer_place *place)
{
    return place ? (uint32_t)(place - g->places) : PLACE_NONE;
}

uint32_t gazetteer_n_places(const struct gazetteer *g)
{
    return g->header.n_places;
}

uint32_t gazetteer_n_names(const struct gazetteer *g)
{
    return g->header.n_names;
}

const struct gazetteer_place *gazetteer_candidate(const struct gazetteer *g,
                                                  const struct place_candidates *c, size_t k,
                                                  unsigned *flags)
{
    if (k >= c->n)
        return NULL;
    if (flags)
        *flags = c->packed[k] >> INDEX_FLAG_SHIFT;
    return gazetteer_place_at(g, c->packed[k] & INDEX_PLACE_MASK);
}

static struct slice name_at(const struct gazetteer *g, uint32_t index)
{
    const struct gazetteer_place *p = gazetteer_place_at(g, index);
    return p ? gazetteer_text(g, p->name) : SLICE_LITERAL("");
}

struct slice gazetteer_country_name(const struct gazetteer *g, const struct gazetteer_place *p)
{
    return name_at(g, p->country);
}

struct slice gazetteer_region_name(const struct gazetteer *g, const struct gazetteer_place *p)
{
    return name_at(g, p->region);
}

struct slice gazetteer_district_name(const struct gazetteer *g, const struct gazetteer_place *p)
{
    return name_at(g, p->district);
}

/* ---- matching in a text ---- */

/* The folded words from token `first` on: after word w, the name so far is len[w] bytes and next[w]
 * - first tokens. */
struct window {
    char text[INDEX_NAME_BYTES];
    size_t used;
    size_t n;
    bool genitives;                  /* "'s" is part of the word before it */
    uint64_t state;                  /* of the hash of the text so far */
    uint64_t hash[INDEX_NAME_WORDS]; /* of the name as far as word w */
    size_t len[INDEX_NAME_WORDS];
    size_t next[INDEX_NAME_WORDS];
    size_t last[INDEX_NAME_WORDS]; /* first token of the word */
};

/* Appends the folded bytes of one token; false when they don't fit. */
static bool window_fold(struct window *w, struct slice token)
{
    if (w->used + token.len > sizeof w->text)
        return false;
    size_t start = w->used;
    for (size_t k = 0; k < token.len; k++) {
        unsigned char c = (unsigned char)token.ptr[k];
        if (c >= 0x80) {
            struct buffer folded;
            buffer_init(&folded, 4 * INDEX_NAME_BYTES);
            utf8_fold_name(&folded, token);
            bool fits = !folded.failed && start + folded.len <= sizeof w->text;
            if (fits && folded.len)
                memcpy(w->text + start, folded.ptr, folded.len);
            w->used = start + (fits ? folded.len : 0);
            buffer_free(&folded);
            return fits;
        }
        if (c >= 'A' && c <= 'Z')
            w->text[w->used++] = (char)(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            w->text[w->used++] = (char)c;
    }
    return true;
}

static bool is_hyphen(struct slice s)
{
    return slice_is(s, "-") || slice_is(s, "\u2010") || slice_is(s, "\u2011") ||
           slice_is(s, "\u2013");
}

/* Signs that stand for a letter inside a transliterated name (Ma'rib, Sana`a); folding drops them.
 */
static bool is_apostrophe(struct slice s)
{
    return slice_is(s, "'") || slice_is(s, "`") || slice_is(s, "\u2018") || slice_is(s, "\u2019") ||
           slice_is(s, "\u02BB") || slice_is(s, "\u02BC") || slice_is(s, "\u02BF") ||
           slice_is(s, "\u02BE");
}

static bool glued_word(const struct document *doc, size_t i, size_t end)
{
    return i < end && doc->tokens[i].kind != TOKEN_PUNCT && !(doc->tokens[i].flags & TOKEN_SPACE);
}

/* "'s" with a capital after it: it may belong to the name, "Prince George's County". */
static bool is_genitive(const struct document *doc, size_t i, size_t end)
{
    return i + 1 < end && doc->tokens[i + 1].flags & TOKEN_CAPITAL &&
           (slice_is(token_text(doc, i), "'s") || slice_is(token_text(doc, i), "\u2019s"));
}

/* Folds the word that begins at token i (several tokens when apostrophes cut it); the token after
 * it, or 0. */
static size_t window_word(struct window *w, const struct document *doc, size_t i, size_t end)
{
    if (w->n && (w->used == sizeof w->text || doc->tokens[i].kind == TOKEN_PUNCT))
        return 0;
    size_t start = w->used + (w->n > 0);
    if (w->n)
        w->text[w->used++] = ' ';
    size_t next = i;
    bool more = true;
    while (more) {
        if (!window_fold(w, token_text(doc, next++)))
            return 0;
        more = glued_word(doc, next + 1, end) && !(doc->tokens[next].flags & TOKEN_SPACE) &&
               is_apostrophe(token_text(doc, next));
        next += more;
    }
    if (w->genitives && is_genitive(doc, next, end) && !window_fold(w, token_text(doc, next++)))
        return 0;
    if (w->used == start)
        return 0;
    for (size_t k = w->n ? start - 1 : start; k < w->used; k++)
        w->state = hash_add(w->state, (unsigned char)w->text[k]);
    w->hash[w->n] = hash_end(w->state);
    w->last[w->n] = i;
    w->len[w->n] = w->used;
    w->next[w->n] = next;
    w->n++;
    return next;
}

/* The token at which the next word of the same name may begin, after a space, a hyphen or "St."; 0
 * for none. */
static size_t next_word(const struct document *doc, size_t i, size_t end, size_t last_len)
{
    if (i >= end)
        return 0;
    const struct token *t = &doc->tokens[i];
    if (t->kind != TOKEN_PUNCT)
        return t->flags & (TOKEN_SPACE) && !(t->flags & TOKEN_PARAGRAPH) ? i : 0;
    if (t->flags & TOKEN_SPACE)
        return 0;
    struct slice sign = token_text(doc, i);
    if (is_hyphen(sign))
        return glued_word(doc, i + 1, end) ? i + 1 : 0;
    if (slice_is(sign, ".") && last_len <= 3 && i + 1 < end &&
        doc->tokens[i + 1].kind == TOKEN_WORD)
        return i + 1;
    return 0;
}

/* The most words a name with this first word has; 0 when no name begins so. */
static uint32_t first_words(const struct gazetteer *g, uint64_t hash)
{
    for (int which = 0; which < 2; which++) {
        uint32_t bit = index_bloom_bit(hash, which, g->header.bloom_bits);
        if (!(g->bloom[bit / 8] & (1u << bit % 8)))
            return 0;
    }
    uint32_t tag = index_tag(hash), mask = g->header.n_firsts - 1;
    for (uint32_t k = 0; k <= mask; k++) {
        const struct index_first *first = &g->firsts[((uint32_t)hash + k) & mask];
        if (first->tag == 0)
            return 0;
        if (first->tag == tag)
            return first->words;
    }
    return 0;
}

size_t gazetteer_longest(const struct gazetteer *g, struct slice word)
{
    struct buffer folded;
    buffer_init(&folded, 4 * INDEX_NAME_BYTES);
    utf8_fold_name(&folded, word);
    size_t n = 0;
    if (!folded.failed && folded.len)
        n = first_words(g, hash_bytes(folded.ptr, folded.len));
    buffer_free(&folded);
    return n;
}

/* Words that end a name though written small: "Gaza city". Elsewhere a name ends with a capital. */
static bool may_end_small(struct slice word)
{
    static const char *const words[] = {"city",     "town",        "village", "region",
                                        "district", "province",    "oblast",  "county",
                                        "state",    "governorate", "camp",    "airport"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (slice_is(word, words[k]))
            return true;
    return false;
}

/* A capital, or a small article before one: "al-Bab", "el Fasher", "ez-Zor". */
static bool begins_name(const struct document *doc, size_t i, size_t end)
{
    const struct token *token = &doc->tokens[i];
    if (token->kind != TOKEN_WORD)
        return false;
    if (token->flags & TOKEN_CAPITAL)
        return true;
    bool hyphen = i + 1 < end && slice_is(token_text(doc, i + 1), "-");
    bool article =
        hyphen || slice_is(token_text(doc, i), "al") || slice_is(token_text(doc, i), "el");
    size_t next = i + 1 + hyphen;
    return article && token->len <= 3 && next < end && doc->tokens[next].kind == TOKEN_WORD &&
           doc->tokens[next].flags & TOKEN_CAPITAL;
}

static size_t match_window(const struct gazetteer *g, const struct document *doc, size_t i,
                           size_t end, bool genitives, struct place_candidates *out)
{
    struct window w;
    w.used = 0;
    w.n = 0;
    w.state = HASH_START;
    w.genitives = genitives;
    size_t at = window_word(&w, doc, i, end);
    uint32_t words = at ? first_words(g, w.hash[0]) : 0;
    if (words > INDEX_NAME_WORDS)
        words = INDEX_NAME_WORDS;
    while (at && w.n < words) {
        at = next_word(doc, at, end, doc->tokens[at - 1].len);
        at = at ? window_word(&w, doc, at, end) : 0;
    }
    for (size_t n = words ? w.n : 0; n-- > 0;) {
        const struct index_slot *slot = find_hashed(g, (struct slice){w.text, w.len[n]}, w.hash[n]);
        if (!slot)
            continue;
        if (n && !(doc->tokens[w.last[n]].flags & TOKEN_CAPITAL) && !(slot->flags & NAME_OURS) &&
            !may_end_small(token_text(doc, w.last[n])))
            continue;
        set_candidates(g, slot, out);
        return w.next[n] - i;
    }
    return 0;
}

size_t gazetteer_match(const struct gazetteer *g, const struct document *doc, size_t i, size_t end,
                       struct place_candidates *out)
{
    if (i >= end || !begins_name(doc, i, end))
        return 0;
    size_t n = match_window(g, doc, i, end, false, out);
    struct place_candidates longer;
    if (!is_genitive(doc, i + (n ? n : 1), end))
        return n;
    size_t with = match_window(g, doc, i, end, true, &longer);
    if (with <= n)
        return n;
    *out = longer;
    return with;
}
