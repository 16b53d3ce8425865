#include "extract/gazetteer_draft.h"

#include "extract/loose_name.h"
#include "text/utf8.h"

/* Enough for a whole allCountries.txt (12 million places). */
#define DRAFT_BYTES (UINT64_C(16) << 30)

void draft_init(struct gazetteer_draft *draft)
{
    memset(draft, 0, sizeof *draft);
    arena_init(&draft->arena, DRAFT_BYTES);
    buffer_init(&draft->strings, UINT32_MAX);
    buffer_init(&draft->folded, 1u << 16);
    buffer_add(&draft->strings, "\0\0", 3); /* ref 0: the empty string */
}

void draft_free(struct gazetteer_draft *draft)
{
    map_free(&draft->string_refs);
    map_free(&draft->codes);
    map_free(&draft->ids);
    map_free(&draft->ambiguous);
    buffer_free(&draft->strings);
    buffer_free(&draft->folded);
    arena_free(&draft->arena);
}

int draft_string(struct gazetteer_draft *draft, struct slice s, uint32_t *ref, struct error *err)
{
    *ref = 0;
    if (s.len == 0)
        return 0;
    *ref = map_get(&draft->string_refs, s);
    if (*ref != MAP_ABSENT)
        return 0;
    if (s.len > UINT16_MAX)
        return error_set(err, ERROR_LIMIT, "a name of over %d bytes", UINT16_MAX);
    struct slice kept = arena_copy(&draft->arena, s);
    if (!kept.ptr)
        return arena_full(&draft->arena, err);
    uint16_t len = (uint16_t)s.len;
    *ref = (uint32_t)draft->strings.len;
    buffer_add(&draft->strings, (const char *)&len, sizeof len);
    buffer_add_slice(&draft->strings, s);
    buffer_add(&draft->strings, "", 1);
    if (buffer_check(&draft->strings, err))
        return -1;
    return map_put(&draft->string_refs, kept, *ref, err);
}

int draft_place(struct gazetteer_draft *draft, int64_t id, uint32_t *index, struct error *err)
{
    if (draft->n_places >= INDEX_PLACE_MASK - 1)
        return error_set(err, ERROR_LIMIT, "more than %u places", INDEX_PLACE_MASK - 1);
    if (arena_grow(&draft->arena, &draft->places, &draft->places_size, draft->n_places,
                   sizeof *draft->places, err))
        return -1;
    *index = (uint32_t)draft->n_places++;
    struct gazetteer_place *p = &draft->places[*index];
    memset(p, 0, sizeof *p);
    p->id = id;
    p->country = p->region = p->district = PLACE_NONE;
    return 0;
}

uint32_t draft_code(const struct gazetteer_draft *draft, struct slice code)
{
    return map_get(&draft->codes, code);
}

int draft_set_code(struct gazetteer_draft *draft, struct slice code, uint32_t place,
                   struct error *err)
{
    struct slice key = arena_format(&draft->arena, "\x01%.*s", SLICE_ARG(code));
    if (!key.ptr)
        return arena_full(&draft->arena, err);
    if (map_put(&draft->codes, slice_sub(key, 1, key.len - 1), place, err) ||
        draft_string(draft, code, &draft->places[place].code, err) ||
        arena_grow(&draft->arena, &draft->names, &draft->names_size, draft->n_names,
                   sizeof *draft->names, err))
        return -1;
    draft->names[draft->n_names++] = (struct draft_name){key, place, CANDIDATE_MAIN};
    return 0;
}

static int add_key(struct gazetteer_draft *draft, struct slice key, uint32_t place, uint32_t flags,
                   struct error *err)
{
    key = arena_copy(&draft->arena, key);
    if (!key.ptr)
        return arena_full(&draft->arena, err);
    if (arena_grow(&draft->arena, &draft->names, &draft->names_size, draft->n_names,
                   sizeof *draft->names, err))
        return -1;
    draft->names[draft->n_names++] = (struct draft_name){key, place, flags};
    return 0;
}

/* Words of names that English also writes short, and the other way round. */
static const struct short_word {
    const char *full, *other;
} SHORT_WORDS[] = {{"saint", "st"}, {"st", "saint"}, {"sainte", "ste"},
                   {"fort", "ft"},  {"mount", "mt"}, {"county", "co"}};

/* "Saint Louis" for "St. Louis", "Accomack Co." for "Accomack County". */
static int add_short_forms(struct gazetteer_draft *draft, struct slice key, uint32_t place,
                           uint32_t flags, struct error *err)
{
    char text[INDEX_NAME_BYTES];
    for (size_t at = 0, end; at < key.len; at = end + 1) {
        const char *space = memchr(key.ptr + at, ' ', key.len - at);
        end = space ? (size_t)(space - key.ptr) : key.len;
        struct slice word = slice_sub(key, at, end - at);
        for (size_t k = 0; k < sizeof SHORT_WORDS / sizeof *SHORT_WORDS; k++) {
            struct slice other = slice_of(SHORT_WORDS[k].other);
            size_t len = key.len - word.len + other.len;
            if (!slice_is(word, SHORT_WORDS[k].full) || word.len == key.len || len > sizeof text)
                continue;
            memcpy(text, key.ptr, at);
            memcpy(text + at, other.ptr, other.len);
            memcpy(text + at + other.len, key.ptr + end, key.len - end);
            if (add_key(draft, (struct slice){text, len}, place, flags, err))
                return -1;
        }
    }
    return 0;
}

int draft_add_name(struct gazetteer_draft *draft, struct slice name, uint32_t place, uint32_t flags,
                   struct error *err)
{
    buffer_clear(&draft->folded);
    utf8_fold_name(&draft->folded, name);
    struct slice key = slice_trim(buffer_slice(&draft->folded));
    if (buffer_check(&draft->folded, NULL) || key.len == 0 || key.len > INDEX_NAME_BYTES)
        return 0;
    size_t words = 1;
    for (size_t k = 0; k < key.len; k++)
        words += key.ptr[k] == ' ';
    if (words > INDEX_NAME_WORDS)
        return 0;
    if (add_key(draft, key, place, flags, err) || add_short_forms(draft, key, place, flags, err))
        return -1;
    if (flags & (CANDIDATE_DEMONYM | CANDIDATE_ABBREVIATION))
        return 0;
    /* draft->folded goes on behind the key it holds. */
    size_t start = draft->folded.len;
    buffer_add(&draft->folded, "\x02", 1);
    loose_name(&draft->folded, key);
    key = slice_sub(buffer_slice(&draft->folded), start, draft->folded.len - start);
    return key.len > 1 && key.len <= INDEX_NAME_BYTES ? add_key(draft, key, place, 0, err) : 0;
}
