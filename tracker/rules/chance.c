#include "rules/matcher_code.h"

bool matcher_may_match(const struct matcher *matcher, struct arena *arena,
                       const struct match_input *input, unsigned coming)
{
    struct match_scratch own = {0};
    struct match_scratch *scratch = input->scratch ? input->scratch : &own;
    struct view view;
    struct error ignored;
    unsigned granted = coming;
    if (view_make(matcher, scratch, arena, input, &view, &ignored))
        return true; /* whoever goes on will meet the same */
    if (coming & 1u << VALUE_COUNT)
        granted |= ((1u << FIELD_CLASSES) - 1) & ~((1u << VALUE_TYPES) - 1);
    for (uint32_t token = 0; token < view.count; token++) {
        uint32_t word = view.tokens[token].word;
        if (!is_index_word(matcher, word))
            continue;
        const struct beside beside = beside_of(matcher, &view, token, granted);
        for (uint32_t p = matcher->postings_of[word]; p < matcher->postings_of[word + 1]; p++) {
            const struct posting *posting = &matcher->postings[p];
            if (goes_beside(&beside, posting) &&
                posting_needs_met(matcher, &view, posting, token, granted))
                return true;
        }
    }
    return false;
}
