#include "extract/extract.h"

#include "base/log.h"
#include "text/language_guess.h"

/* The language of the rule set whose names are written in letters of their own: the likeliest for a
 * text in such letters that has none to tell by ("Атака на Одесу"). */
static const struct language *language_of_other_letters(const struct ruleset *ruleset)
{
    for (size_t i = 0; i < ruleset->n_languages; i++)
        if (ruleset->languages[i].n_letters)
            return &ruleset->languages[i];
    return NULL;
}

const struct language *extract_language(const struct ruleset *ruleset, const struct report *report)
{
    if (report->lang.len)
        return ruleset_language(ruleset, report->lang);
    struct slice guess = language_guess(report->text);
    return slice_is(guess, "und") ? language_of_other_letters(ruleset)
                                  : ruleset_language(ruleset, guess);
}

int extract_report(const struct extractor *extractor, struct arena *arena,
                   const struct report *report, struct extraction *out, struct error *err)
{
    *out = (struct extraction){0};
    const struct language *language = extract_language(extractor->ruleset, report);
    if (!language)
        return 0;
    struct document *doc = ARENA_NEW(arena, struct document);
    struct report_values *values = ARENA_NEW(arena, struct report_values);
    if (!doc || !values)
        return arena_full(arena, err);
    if (document_make(arena, language->symbols.vocabulary, report->text, report->title_len, doc,
                      err) ||
        report_values_init(values, arena, report, doc, extractor->ruleset, language,
                           extractor->gazetteer, err) ||
        claims_find(values, &out->claims, err) || events_gather(values, out, err))
        return -1;
    out->doc = doc;
    out->language = language;
    return 0;
}

void extraction_warn(const struct report *report, const struct extraction *extraction)
{
    for (size_t i = 0; i < extraction->claims.n_ties; i++) {
        const struct claim_tie *tie = &extraction->claims.ties[i];
        struct error warning;
        error_at(&warning, ERROR_RULES, report->path, report->line, 0,
                 "rules %.*s and %.*s read one stretch differently: its claims are withheld; add "
                 "`prefer over:` to one",
                 SLICE_ARG(tie->rule_a->name), SLICE_ARG(tie->rule_b->name));
        log_error(LOG_WARN, &warning);
    }
}
