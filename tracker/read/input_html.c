#include "read/input.h"
#include "read/page.h"

static bool recognise(struct slice head)
{
    return head.len && head.ptr[0] == '<';
}

static int next(struct input *input, struct arena *arena, struct report *report,
                struct report_parts *parts, struct error *err)
{
    struct page_source source = {0};
    int got = input_take(input, STREAM_ALL, report, &source.bytes, err);
    if (got <= 0 || report->rejected)
        return got;
    struct page page;
    struct error why;
    if (page_read(arena, &source, &page, &why)) {
        report_reject(report, 0, "%s", why.text);
        return 1;
    }
    report->url = page.url;
    report->outlet = page.outlet;
    report->lang = page.lang;
    *parts = (struct report_parts){page.title, page.body, page.published};
    report_warn_replaced(report, page.replaced);
    if (page.body.len == 0)
        report_reject(report, 0, "there is no article on this page");
    return 1;
}

const struct input_format input_html = {"HTML", true, recognise, next, NULL};
