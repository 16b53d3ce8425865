#include "rules/yaml_tree.h"

#include <CUnit/CUnit.h>
#include <stdio.h>

void suite_yaml_tree(void);

/* What was read, in one line: texts in brackets with their quote sign, lists and maps marked. */
static void describe(const struct yaml_node *node, struct buffer *out)
{
    if (node->kind == YAML_TEXT) {
        buffer_format(out, "<%.*s>", SLICE_ARG(node->text));
        if (node->quote)
            buffer_add_char(out, node->quote);
        return;
    }
    buffer_add_char(out, node->kind == YAML_LIST ? '[' : '{');
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == YAML_MAP)
            buffer_format(out, "%.*s=", SLICE_ARG(node->keys[i].text));
        describe(&node->items[i], out);
    }
    buffer_add_char(out, node->kind == YAML_LIST ? ']' : '}');
}

static struct arena arena;
static struct diagnostics findings;

static struct yaml_node *read_text(const char *text, int expected)
{
    struct yaml_node *root = NULL;
    arena_free(&arena);
    arena_init(&arena, 4 << 20);
    diagnostics_init(&findings, &arena);
    int status = yaml_tree_read(&arena, "no/such/file.yml", slice_of(text), &findings, &root);
    CU_ASSERT_EQUAL(status, expected);
    CU_ASSERT_EQUAL(status != 0, findings.n_errors > 0);
    return root;
}

static void test_shapes(void)
{
    static const char *const CASES[][2] = {
        {"a: b\nc: [d, e]\n", "{a=<b>c=[<d><e>]}"},
        {"- x\n- {y: 'z'}\n", "[<x>{y=<z>'}]"},
        {"a: \"b # c: d\"\n", "{a=<b # c: d>\"}"},
        {"a: 'it''s'\n", "{a=<it's>'}"},
        {"a: b#c\n", "{a=<b#c>}"},
        {"a: one\n  two\n", "{a=<one two>}"},
        {"a: |\n  one\n  two\n", "{a=<one\ntwo\n>|}"},
        {"a: '' # nothing\n", "{a=<>'}"},
        {"# first\na: [b, c] # comment\n", "{a=[<b><c>]}"},
        {"\xEF\xBB\xBF"
         "a: b\n",
         "{a=<b>}"},
        {"a: b\r\nc: d\r\n", "{a=<b>c=<d>}"},
        {"a: <killed> people, at least\n", "{a=<<killed> people, at least>}"},
        {"a: [1,200 b]\n", NULL},
        {"a: \xD0\xB2\xD0\xB1\xD0\xB8\xD1\x82\xD0\xBE\n",
         "{a=<\xD0\xB2\xD0\xB1\xD0\xB8\xD1\x82\xD0\xBE>}"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct buffer out;
        buffer_init(&out, 1 << 16);
        struct yaml_node *root = read_text(CASES[i][0], CASES[i][1] ? 0 : -1);
        if (root)
            describe(root, &out);
        bool good = !CASES[i][1] || slice_is(buffer_slice(&out), CASES[i][1]);
        CU_assertImplementation(good, __LINE__, CASES[i][0], __FILE__, "", CU_FALSE);
        buffer_free(&out);
    }
}

static void check_place(struct location where, int line, int column)
{
    CU_ASSERT_EQUAL(where.line, line);
    CU_ASSERT_EQUAL(where.column, column);
}

/* Columns are bytes, although libyaml counts characters. */
static void test_places(void)
{
    struct yaml_node *root = read_text("a: \xC3\xA9t\xC3\xA9\nlist: [\xC3\xA9, \"bb\"]\n", 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(root);
    const struct yaml_node *list = yaml_get(root, "list");
    CU_ASSERT_PTR_NOT_NULL_FATAL(list);
    check_place(root->items[0].where, 1, 4);
    CU_ASSERT_EQUAL(root->items[0].where.width, 5);
    check_place(list->where, 2, 7);
    check_place(list->items[1].where, 2, 12);
    CU_ASSERT_EQUAL(list->items[1].where.width, 4);
    CU_ASSERT_PTR_NULL(yaml_get(root, "lists"));
    CU_ASSERT_PTR_NULL(yaml_get(list, "a"));
}

static void test_locate(void)
{
    static const struct {
        const char *text;
        size_t offset;
        int line, column;
    } CASES[] = {
        {"a: one two\n", 0, 1, 4},
        {"a: one two\n", 4, 1, 8},
        {"a: 'one two'\n", 4, 1, 9},
        {"a: 'o''clock two'\n", 8, 1, 14},
        {"a: \"o\\\"k two\"\n", 4, 1, 10},
        {"a: one\n    two three\n", 4, 2, 5},
        {"a: one\n    two three\n", 8, 2, 9},
        {"a: 'one\n  two'\n", 4, 2, 3},
        {"a: one\n", 900, 1, 7},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct yaml_node *root = read_text(CASES[i].text, 0);
        CU_ASSERT_PTR_NOT_NULL_FATAL(root);
        struct location where = yaml_locate(&root->items[0], CASES[i].offset, 3);
        bool good = where.line == CASES[i].line && where.column == CASES[i].column;
        CU_assertImplementation(good, __LINE__, CASES[i].text, __FILE__, "", CU_FALSE);
        CU_ASSERT_EQUAL(where.width, 3);
    }
}

/* Our own checks do not stop at the first finding. */
static void test_all_at_once(void)
{
    read_text("a: b # c\na: &x d\nb: {c: 1,200}\n", -1);
    CU_ASSERT_EQUAL(findings.n_errors, 4);
}

static void test_limits(void)
{
    struct buffer text;
    buffer_init(&text, 1 << 20);
    for (int i = 0; i < 5000; i++)
        buffer_add_char(&text, '[');
    buffer_add_char(&text, '\0');
    read_text(text.ptr, -1);
    buffer_clear(&text);
    for (int i = 0; i < 10001; i++)
        buffer_format(&text, "k%d: v\n", i);
    read_text(text.ptr, -1);
    CU_ASSERT_EQUAL(findings.n_errors, 1);
    buffer_free(&text);
    struct arena small;
    struct yaml_node *root = NULL;
    arena_init(&small, 300);
    diagnostics_init(&findings, &arena);
    CU_ASSERT_EQUAL(
        yaml_tree_read(&small, "f", SLICE_LITERAL("a: [b, c, d, e, f, g, h]\n"), &findings, &root),
        -1);
    arena_free(&small);
    arena_free(&arena);
}

void suite_yaml_tree(void)
{
    CU_pSuite suite = CU_add_suite("yaml_tree", NULL, NULL);
    CU_add_test(suite, "shapes and texts", test_shapes);
    CU_add_test(suite, "places in bytes", test_places);
    CU_add_test(suite, "places inside texts", test_locate);
    CU_add_test(suite, "reports several errors", test_all_at_once);
    CU_add_test(suite, "limits", test_limits);
}
