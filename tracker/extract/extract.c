#include "extract/extract.h"

int extract_report(const struct extractor *extractor, struct arena *arena, const struct report *report,
                   struct extraction *out, struct error *err)
{
    *out = (struct extraction){0};
    const struct language *language = ruleset_language(extractor->ruleset, report->lang);
    if (!language)
        return 0;
    struct document *doc = ARENA_NEW(arena, struct document);
    struct report_values *values = ARENA_NEW(arena, struct report_values);
    if (!doc || !values)
        return arena_full(arena, err);
    if (document_make(arena, language->symbols.vocabulary, report->text, report->title_len, doc, err) ||
        report_values_init(values, arena, report, doc, extractor->ruleset, language, extractor->gazetteer, err) ||
        claims_find(values, &out->claims, err) || events_gather(values, out, err))
        return -1;
    out->doc = doc;
    return 0;
}
