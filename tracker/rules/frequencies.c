/* format: strike-frequencies/1: words by how many reports hold one. */
#include "rules/frequencies.h"

#include "rules/load.h"

#define UNLISTED 8 /* where the file does not say: in one report of 256 */

uint8_t frequencies_rarity(const struct frequencies *frequencies, struct slice folded, bool *listed)
{
    uint32_t bits = map_get(&frequencies->bits, folded);
    *listed = bits != MAP_ABSENT;
    return *listed ? (uint8_t)bits : frequencies->unlisted;
}

/* The words of one text, parted by white space. */
static void add_words(struct loading *load, struct frequencies *table, const struct yaml_node *node,
                      uint32_t bits)
{
    struct slice text = node->text;
    for (size_t i = 0; i < text.len && !load->full;) {
        size_t start = i;
        while (i < text.len && text.ptr[i] != ' ' && text.ptr[i] != '\n')
            i++;
        struct slice word = slice_sub(text, start, i - start);
        i += i < text.len;
        if (!word.len)
            continue;
        if (map_get(&table->bits, word) != MAP_ABSENT)
            load_error(load, node, NULL, "the word '%.*s' is given twice", SLICE_ARG(word));
        else if (map_put(&table->bits, word, bits, NULL))
            load_full(load);
    }
}

/* 1, 2, 4 .. 2^RARITY_MOST as bits; -1 with an error for another number. */
static int read_bits(struct loading *load, const struct yaml_node *node)
{
    int64_t number = 0;
    if (!load_int(load, node, 1, INT64_C(1) << RARITY_MOST, &number))
        return -1;
    int bits = 0;
    while ((INT64_C(1) << bits) < number)
        bits++;
    if ((INT64_C(1) << bits) == number)
        return bits;
    load_error(load, node, NULL, "expected a power of two: 1, 2, 4 and so on");
    return -1;
}

void load_frequencies(struct loading *load, struct rule_file *file)
{
    static const char *const KEYS[] = {"format", "language", "unlisted", "one report in", NULL};
    struct frequencies *table = &file->language->frequencies;
    load_keys(load, file->root, "a strike-frequencies file", KEYS);
    const struct yaml_node *unlisted = yaml_get(file->root, "unlisted");
    int rarity = unlisted ? read_bits(load, unlisted) : UNLISTED;
    table->unlisted = (uint8_t)(rarity < 0 ? UNLISTED : rarity);
    const struct yaml_node *lists = load_map(load, file->root, "one report in");
    for (size_t i = 0; lists && i < lists->n && !load->full; i++) {
        int bits = read_bits(load, &lists->keys[i]);
        if (lists->items[i].kind != YAML_TEXT)
            load_error(load, &lists->items[i], "begin the words with '>-'",
                       "the words must be one text, parted by spaces");
        else if (bits >= 0)
            add_words(load, table, &lists->items[i], (uint32_t)bits);
    }
}
