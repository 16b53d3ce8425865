#include "extract/stories.h"

#define DATELINE_TOKENS 8

/* Walking down a page. */
struct page {
    const struct report_values *values;
    const struct document *doc;
    const struct word_list *openers;
    const struct word_list *links;
    uint32_t story;
    unsigned datelines;
    bool told; /* its own story has given a number */
};

static bool begins_with(const struct page *page, const struct word_list *words, size_t i)
{
    const struct sentence *sentence = &page->doc->sentences[i];
    uint32_t phrase;
    return words && sentence->count > 0 &&
           word_list_match(words, page->doc, sentence->first, sentence->first + sentence->count,
                           &phrase) > 0;
}

static bool begins_paragraph(const struct page *page, size_t i)
{
    const struct sentence *s = page->doc->sentences;
    return i == 0 || s[i - 1].paragraph != s[i].paragraph;
}

static bool is_dash(const struct page *page, size_t token)
{
    struct slice text = token_text(page->doc, token);
    return slice_is(text, "-") || slice_is(text, "\u2013") || slice_is(text, "\u2014");
}

/* "TOWN, State (Agency) -": the head of an agency's note. */
static bool has_dateline(const struct page *page, size_t i)
{
    const struct sentence *s = &page->doc->sentences[i];
    for (size_t t = s->first + 1; t < s->first + s->count && t < s->first + DATELINE_TOKENS; t++)
        if (is_dash(page, t) && slice_is(token_text(page->doc, t - 1), ")"))
            return true;
    return false;
}

/* Sets page->story for sentence i. */
static void page_step(struct page *page, size_t i)
{
    bool head = begins_paragraph(page, i);
    if (head && has_dateline(page, i) && page->datelines++ && page->told)
        page->story = (uint32_t)i;
    else if (page->told && begins_with(page, page->openers, i))
        page->story = (uint32_t)i;
}

static bool is_told(const struct claim *claim)
{
    return claim->role == CLAIM_FIGURE && claim->part == SCHEMA_NONE &&
           claim->count.qualifier != QUALIFIER_NONE;
}

static void claim_mark(struct page *page, struct claim *claim)
{
    size_t i = claim->sentence;
    claim->story = page->story;
    if (page->doc->sentences[i].is_title)
        return;
    if (begins_paragraph(page, i) && begins_with(page, page->links, i))
        claim->role = CLAIM_ELSEWHERE;
    page->told = page->told || is_told(claim);
}

void stories_mark(const struct report_values *values, struct claims *claims)
{
    struct page page = {.values = values,
                        .doc = values->doc,
                        .openers = language_list(values->language, "other-event"),
                        .links = language_list(values->language, "leads-elsewhere"),
                        .story = STORY_MAIN};
    size_t next = 0; /* claims stand in order of text */
    for (size_t i = 0; i < values->doc->n_sentences && next < claims->n; i++) {
        if (!values->doc->sentences[i].is_title)
            page_step(&page, i);
        while (next < claims->n && claims->items[next].sentence == i)
            claim_mark(&page, &claims->items[next++]);
    }
}
