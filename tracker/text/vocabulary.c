#include "text/vocabulary.h"

#include <stdlib.h>

#include "text/character.h"
#include "text/utf8.h"
#include "text/word_table.h"

#define FIRST_SLOTS_LOG2 10
#define VOCABULARY_CAP ((size_t)1 << 30)

static int no_memory(struct error *err)
{
    return error_set(err, ERROR_LIMIT, "out of memory for the words of the rules");
}

int vocabulary_new(struct vocabulary **out, struct error *err)
{
    struct vocabulary *vocabulary = calloc(1, sizeof *vocabulary);
    *out = vocabulary;
    if (!vocabulary)
        return no_memory(err);
    arena_init(&vocabulary->arena, VOCABULARY_CAP);
    vocabulary->n_slots = (size_t)1 << FIRST_SLOTS_LOG2;
    vocabulary->shift = 64 - FIRST_SLOTS_LOG2;
    vocabulary->slots = calloc(vocabulary->n_slots, sizeof *vocabulary->slots);
    vocabulary->entries_capacity = 256;
    vocabulary->entries = calloc(vocabulary->entries_capacity, sizeof *vocabulary->entries);
    vocabulary->n_entries = 1;
    if (vocabulary->slots && vocabulary->entries)
        return 0;
    vocabulary_free(vocabulary);
    *out = NULL;
    return no_memory(err);
}

void vocabulary_free(struct vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    arena_free(&vocabulary->arena);
    free(vocabulary->slots);
    free(vocabulary->entries);
    free(vocabulary);
}

/* "u.s" but not "u.s.", "ab.c" or "u": single letters joined by full stops, without the last. */
static bool lacks_final_stop(const char *word, size_t len)
{
    size_t at = 0, letters = 0;
    while (at < len) {
        uint32_t code = 0;
        at += utf8_decode(word + at, len - at, &code);
        if (character_class(code) != CHARACTER_LETTER)
            return false;
        letters++;
        if (at < len && word[at++] != '.')
            return false;
    }
    return letters > 1 && word[len - 1] != '.';
}

size_t word_fold(struct slice word, char out[WORD_MAX + 8])
{
    size_t len = 0;
    for (size_t at = 0; at < word.len;) {
        uint32_t code = 0;
        at += utf8_decode(word.ptr + at, word.len - at, &code);
        code = character_fold(code);
        if (code)
            len += character_encode(code, out + len);
        if (len > WORD_MAX)
            return 0;
    }
    if (len > 2 && memchr(out, '.', len) && lacks_final_stop(out, len))
        out[len++] = '.';
    return len > WORD_MAX ? 0 : len;
}

const struct word_slot *word_lookup(const struct vocabulary *vocabulary, struct slice folded)
{
    size_t i = 0;
    uint64_t key = word_key(folded.ptr, folded.len);
    const struct word_slot *slot = word_find(vocabulary, key, folded.len);
    while (slot->len && !slice_equal(vocabulary->entries[slot->id].word, folded)) {
        /* Another long word with the same key; look on behind it. */
        i = (size_t)(slot - vocabulary->slots);
        do {
            i = (i + 1) & (vocabulary->n_slots - 1);
            slot = &vocabulary->slots[i];
        } while (slot->len && (slot->key != key || slot->len != folded.len));
    }
    return slot;
}

static struct word_slot *own_slot(struct vocabulary *vocabulary, struct slice folded)
{
    return &vocabulary->slots[word_lookup(vocabulary, folded) - vocabulary->slots];
}

static void put_slot(struct vocabulary *vocabulary, uint32_t id)
{
    const struct word_entry *entry = &vocabulary->entries[id];
    *own_slot(vocabulary, entry->word) = (struct word_slot){
        .key = word_key(entry->word.ptr, entry->word.len),
        .id = id,
        .len = (uint16_t)entry->word.len,
        .marks = entry->marks,
    };
}

static int grow_slots(struct vocabulary *vocabulary, struct error *err)
{
    struct word_slot *slots = calloc(vocabulary->n_slots * 2, sizeof *slots);
    if (!slots)
        return no_memory(err);
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->n_slots *= 2;
    vocabulary->shift--;
    for (uint32_t id = 1; id < vocabulary->n_entries; id++)
        put_slot(vocabulary, id);
    return 0;
}

static int grow_entries(struct vocabulary *vocabulary, struct error *err)
{
    size_t capacity = vocabulary->entries_capacity * 2;
    struct word_entry *entries = realloc(vocabulary->entries, capacity * sizeof *entries);
    if (!entries)
        return no_memory(err);
    vocabulary->entries = entries;
    vocabulary->entries_capacity = capacity;
    return 0;
}

int vocabulary_intern(struct vocabulary *vocabulary, struct slice word, uint32_t *id,
                      struct error *err)
{
    char bytes[WORD_MAX + 8];
    size_t len = word_fold(word, bytes);
    if (!len)
        return word.len > WORD_MAX / 4
                   ? error_set(err, ERROR_LIMIT, "a word of more than %d bytes", WORD_MAX)
                   : error_set(err, ERROR_INPUT, "an empty word");
    struct slice folded = {bytes, len};
    *id = word_lookup(vocabulary, folded)->id;
    if (*id != WORD_UNKNOWN)
        return 0;
    if ((size_t)vocabulary->n_entries * 2 >= vocabulary->n_slots && grow_slots(vocabulary, err))
        return -1;
    if (vocabulary->n_entries == vocabulary->entries_capacity && grow_entries(vocabulary, err))
        return -1;
    struct slice kept = arena_copy(&vocabulary->arena, folded);
    if (!kept.ptr)
        return no_memory(err);
    *id = vocabulary->n_entries++;
    vocabulary->entries[*id] = (struct word_entry){.word = kept};
    put_slot(vocabulary, *id);
    return 0;
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary, struct slice folded)
{
    if (folded.len == 0 || folded.len > WORD_MAX)
        return WORD_UNKNOWN;
    return word_lookup(vocabulary, folded)->id;
}

void vocabulary_mark(struct vocabulary *vocabulary, uint32_t id, enum word_mark mark)
{
    if (id == WORD_UNKNOWN || id >= vocabulary->n_entries)
        return;
    vocabulary->entries[id].marks = (uint8_t)(vocabulary->entries[id].marks | mark);
    own_slot(vocabulary, vocabulary->entries[id].word)->marks = vocabulary->entries[id].marks;
}

uint8_t vocabulary_marks(const struct vocabulary *vocabulary, uint32_t id)
{
    return id < vocabulary->n_entries ? vocabulary->entries[id].marks : 0;
}

uint32_t vocabulary_size(const struct vocabulary *vocabulary)
{
    return vocabulary->n_entries;
}

struct slice vocabulary_word(const struct vocabulary *vocabulary, uint32_t id)
{
    return id < vocabulary->n_entries ? vocabulary->entries[id].word : SLICE_NONE;
}
