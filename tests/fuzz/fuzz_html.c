/* Any bytes as a page. The tree nests rightly, and a page gives text or a reason. */
#include <stdint.h>
#include <stdlib.h>

#include "base/log.h"
#include "read/html_tree.h"
#include "read/page.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_tree(const struct html_tree *tree)
{
    if (tree->n_nodes == 0 || tree->nodes[0].end != tree->n_nodes)
        abort();
    for (uint32_t i = 1; i < tree->n_nodes; i++) {
        const struct html_node *node = &tree->nodes[i];
        if (node->parent >= i || node->end <= i || node->end > tree->nodes[node->parent].end)
            abort();
    }
}

/* A page is cleaned before it is parsed, so what comes out is well-formed. */
static void check_text(struct arena *arena, struct slice text)
{
    struct slice clean;
    size_t replaced = 0;
    if (utf8_clean(arena, text, &clean, &replaced, NULL) == 0 && replaced)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct html_tree tree;
    struct page page;
    struct error err = {0};
    struct page_source source = {
        {(const char *)data, size}, SLICE_NONE, SLICE_LITERAL("https://fuzz.example/a/b")};
    struct slice clean;
    size_t replaced;
    log_set_level(LOG_ERROR);
    arena_init(&arena, (size_t)256 << 20);
    if (utf8_clean(&arena, source.bytes, &clean, &replaced, &err) == 0 &&
        html_parse(&arena, clean, &tree, &err) == 0)
        check_tree(&tree);
    err.code = ERROR_NONE;
    if (page_read(&arena, &source, &page, &err) == 0) {
        check_text(&arena, page.title);
        check_text(&arena, page.body);
    } else if (err.code == ERROR_NONE || !err.text[0]) {
        abort();
    }
    arena_free(&arena);
    return 0;
}
