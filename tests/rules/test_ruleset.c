#include "rules/ruleset.h"

#include <CUnit/CUnit.h>
#include <dirent.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void suite_ruleset(void);

#define BAD "fixtures/rules_bad"
#define GOOD "fixtures/rules_min"

/* ---- folders of rule files ---------------------------------------------------------------------
 */

/* A command of the shell that has to succeed. */
static void run(const char *format, ...) PRINTF_LIKE(1, 2);
static void run(const char *format, ...)
{
    char command[1024], shell[] = "/bin/sh", option[] = "-c";
    char *arguments[] = {shell, option, command, NULL};
    pid_t child = 0;
    int status = -1;
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    CU_ASSERT_EQUAL_FATAL(posix_spawn(&child, shell, NULL, NULL, arguments, environ), 0);
    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    CU_ASSERT_EQUAL(status, 0);
}

static void make_folder(char folder[64])
{
    snprintf(folder, 64, "/tmp/test_ruleset.XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    run("cp -RP " GOOD "/. '%s'", folder);
}

static void remove_folder(const char *folder)
{
    run("rm -rf '%s'", folder);
}

/* One load with its findings. */
struct loaded {
    struct arena arena;
    struct diagnostics findings;
    struct error error;
    struct ruleset *ruleset;
    int status;
};

static void load_folder(struct loaded *l, const char *folder)
{
    *l = (struct loaded){.status = 0};
    arena_init(&l->arena, 16 << 20);
    diagnostics_init(&l->findings, &l->arena);
    l->status = ruleset_load(&l->ruleset, folder, &l->findings, &l->error);
    CU_ASSERT_EQUAL(l->status == 0, l->ruleset != NULL);
    CU_ASSERT(l->status == 0 || l->error.code == ERROR_RULES);
}

static void unload(struct loaded *l)
{
    ruleset_free(l->ruleset);
    arena_free(&l->arena);
}

/* ---- every fault of a rule file ----------------------------------------------------------------
 */

/* Findings without the name of the temporary folder. */
static void print_findings(const struct loaded *l, const char *folder, struct buffer *out)
{
    struct buffer raw;
    size_t len = strlen(folder);
    buffer_init(&raw, 1 << 20);
    diagnostics_print(&l->findings, &raw);
    for (size_t i = 0; i < raw.len;) {
        if (raw.len - i > len && memcmp(raw.ptr + i, folder, len) == 0) {
            i += len + (raw.ptr[i + len] == '/');
            if (raw.ptr[i] == ':')
                buffer_add_text(out, "DIR");
        } else {
            buffer_add_char(out, raw.ptr[i++]);
        }
    }
    buffer_free(&raw);
}

static void read_whole(const char *path, struct buffer *out)
{
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buffer_add(out, chunk, n);
    fclose(file);
}

/* A file stands for itself in en/, a folder is laid over the good files. */
static void check_case(const char *name)
{
    char folder[64], path[512];
    struct stat status;
    struct loaded l;
    struct buffer expected, got;
    buffer_init(&expected, 1 << 20);
    buffer_init(&got, 1 << 20);
    make_folder(folder);
    snprintf(path, sizeof path, BAD "/%s", name);
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        run("cp -RP '%s/.' '%s'", path, folder);
    else
        run("cp '%s.yml' '%s/en'", path, folder);
    load_folder(&l, folder);
    print_findings(&l, folder, &got);
    snprintf(path, sizeof path, BAD "/%s.expect", name);
    read_whole(path, &expected);
    bool good = expected.len > 0 && slice_equal(buffer_slice(&got), buffer_slice(&expected)) &&
                (l.status != 0) == (l.findings.n_errors != 0);
    if (!good)
        printf("--- %s: got\n%.*s--- expected\n%.*s", name, (int)got.len, got.ptr ? got.ptr : "",
               (int)expected.len, expected.ptr ? expected.ptr : "");
    CU_assertImplementation(good, __LINE__, name, __FILE__, "", CU_FALSE);
    unload(&l);
    remove_folder(folder);
    buffer_free(&expected);
    buffer_free(&got);
}

static bool cut_end(char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    if (n <= m || strcmp(name + n - m, end) != 0)
        return false;
    name[n - m] = '\0';
    return true;
}

static void test_bad(void)
{
    DIR *folder = opendir(BAD);
    size_t cases = 0, others = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char name[256];
        snprintf(name, sizeof name, "%s", entry->d_name);
        if (name[0] == '.')
            continue;
        if (cut_end(name, ".expect")) {
            check_case(name);
            cases++;
        } else {
            others++;
        }
    }
    closedir(folder);
    CU_ASSERT_EQUAL(cases, others); /* each has its expectation */
    CU_ASSERT(cases > 100);
}

/* ---- a good rule set ---------------------------------------------------------------------------
 */

static const struct rule *rule_named(const struct ruleset *ruleset, enum layer layer,
                                     const char *name)
{
    for (size_t i = 0; i < ruleset->n_rules; i++) {
        if (ruleset->rules[i].layer == layer && slice_is(ruleset->rules[i].name, name))
            return &ruleset->rules[i];
    }
    CU_assertImplementation(CU_FALSE, __LINE__, name, __FILE__, "", CU_TRUE);
    return NULL;
}

static void check_shared(const struct ruleset *r)
{
    const struct language *en = &r->languages[0];
    const struct rule *rule = rule_named(r, LAYER_COUNT, "at-least");
    CU_ASSERT_EQUAL(rule->count.qualifier, QUALIFIER_AT_LEAST);
    CU_ASSERT_EQUAL(rule->count.low, COUNT_OPEN);
    rule = rule_named(r, LAYER_COUNT, "several");
    CU_ASSERT_EQUAL(rule->count.qualifier, QUALIFIER_VAGUE);
    CU_ASSERT(rule->count.low == 3 && rule->count.high == 9 && rule->count.best == COUNT_OPEN);
    rule = rule_named(r, LAYER_NEVER, "age");
    CU_ASSERT(rule->never_low == 0 && rule->never_high == NUMBER_MAX);
    rule = rule_named(r, LAYER_TIME, "overnight");
    CU_ASSERT(rule->time.means == TIME_PART && rule->time.night && rule->time.from == -1 &&
              rule->time.span == 1);
    CU_ASSERT_EQUAL_FATAL(en->n_day_parts, 2);
    CU_ASSERT(en->day_parts[0].from == 360 && en->day_parts[0].to == 720 && en->day_parts[1].night);
    rule = rule_named(r, LAYER_DOUBT, "denied");
    CU_ASSERT(rule->doubt.kind == DOUBT_DENIED && rule->doubt.after && !rule->doubt.before &&
              rule->doubt.reach == 12 && rule->doubt.stops->n_phrases == 2);
    CU_ASSERT_EQUAL_FATAL(r->n_sources, 4);
    CU_ASSERT(slice_is(r->sources[1].party, "UA") && r->sources[1].rank == 1);
    CU_ASSERT(slice_is(r->sources[2].depends_on, "Reuters") && !r->sources[2].generic);
    CU_ASSERT(r->sources[3].generic && slice_is(r->sources[3].name, "rescuers"));
    CU_ASSERT_EQUAL(en->source_names.n_phrases, 4);
    CU_ASSERT_EQUAL(en->source_names.phrases[1].value, 0);
    CU_ASSERT_EQUAL(en->source_roles.phrases[1].value, 3);
    CU_ASSERT_EQUAL(en->people.n, 6);
    CU_ASSERT(slice_is(en->people.parts[2], "child") && en->people.singular_lists[2]);
    CU_ASSERT(en->attacks.n_phrases > 3);
    uint32_t dozen = vocabulary_find(en->symbols.vocabulary, SLICE_LITERAL("dozen"));
    CU_ASSERT(dozen < en->numbers.n && en->numbers.words[dozen].value == 12 &&
              en->numbers.words[dozen].role == NUMBER_MULTIPLIER);
    uint32_t gen = vocabulary_find(en->symbols.vocabulary, SLICE_LITERAL("gen"));
    CU_ASSERT(gen && (vocabulary_marks(en->symbols.vocabulary, gen) & WORD_ABBREVIATION));
}

static void test_good(void)
{
    struct loaded l;
    load_folder(&l, GOOD "/");
    CU_ASSERT_EQUAL(l.findings.n_items, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(l.ruleset);
    const struct ruleset *r = l.ruleset;
    CU_ASSERT_EQUAL_FATAL(r->n_languages, 1);
    CU_ASSERT_EQUAL(r->schema.n_fields, 7);
    CU_ASSERT(schema_part(&r->schema, schema_find(&r->schema, SLICE_LITERAL("drones")),
                          SLICE_LITERAL("lost")) == 1);
    check_shared(r);
    const struct rule *rule = rule_named(r, LAYER_EVENT, "no-casualties");
    CU_ASSERT_EQUAL_FATAL(rule->n_sets, 2);
    CU_ASSERT(rule->sets[0].value.best == 0 && rule->sets[0].value.qualifier == QUALIFIER_NONE);
    CU_ASSERT(rule->n_prefer_over == 1 && slice_is(r->rules[rule->prefer_over[0]].name, "killed"));
    rule = rule_named(r, LAYER_EVENT, "killed");
    CU_ASSERT(rule->n_alternatives == 2 && rule->n_unless_before == 1 && rule->n_examples == 2);
    CU_ASSERT(rule->examples[1].nothing && slice_is(rule->examples[0].expects[0].value, "10"));
    CU_ASSERT_PTR_EQUAL(ruleset_language(r, SLICE_LITERAL("EN-gb")), &r->languages[0]);
    CU_ASSERT_PTR_EQUAL(ruleset_language(r, SLICE_NONE), &r->languages[0]);
    CU_ASSERT_PTR_NULL(ruleset_language(r, SLICE_LITERAL("uk")));
    unload(&l);
}

/* Rules of the loaded set find what they should: a file's own list has its own index. */
static void test_matches(void)
{
    static const char TEXT[] = "Gen. X said the shelling left people; no one was hurt.";
    struct loaded l;
    struct document doc;
    struct match *matches = NULL;
    size_t n = 0;
    load_folder(&l, GOOD);
    CU_ASSERT_PTR_NOT_NULL_FATAL(l.ruleset);
    const struct language *en = &l.ruleset->languages[0];
    CU_ASSERT_EQUAL_FATAL(
        document_make(&l.arena, en->symbols.vocabulary, slice_of(TEXT), 0, &doc, &l.error), 0);
    CU_ASSERT_EQUAL_FATAL(doc.n_sentences, 1);
    CU_ASSERT(doc.sentences[0].has_trigger);
    struct match_input input = {.doc = &doc, .sentence = &doc.sentences[0]};
    CU_ASSERT_EQUAL_FATAL(
        matcher_find(en->matchers[LAYER_EVENT], &l.arena, &input, &matches, &n, &l.error), 0);
    CU_ASSERT_EQUAL_FATAL(n, 1);
    CU_ASSERT(slice_is(l.ruleset->rules[matches[0].rule].name, "no-casualties"));
    unload(&l);
}

/* ---- directories -------------------------------------------------------------------------------
 */

static void test_digest(void)
{
    char folder[64];
    struct loaded here, there, changed;
    make_folder(folder);
    load_folder(&here, GOOD);
    load_folder(&there, folder);
    run("echo '# x' >>'%s/schema.yml'", folder);
    load_folder(&changed, folder);
    CU_ASSERT_FATAL(here.ruleset && there.ruleset && changed.ruleset);
    CU_ASSERT_EQUAL(memcmp(&here.ruleset->digest, &there.ruleset->digest, DIGEST_SIZE), 0);
    CU_ASSERT_NOT_EQUAL(memcmp(&here.ruleset->digest, &changed.ruleset->digest, DIGEST_SIZE), 0);
    unload(&here);
    unload(&there);
    unload(&changed);
    remove_folder(folder);
}

static void test_directories(void)
{
    char folder[64];
    struct loaded l;
    load_folder(&l, "fixtures/no such folder");
    CU_ASSERT_EQUAL(l.status, -1);
    unload(&l);
    make_folder(folder);
    /* A link back, a folder of places, hidden files, other files. */
    run("mkdir '%s/places' && echo x: y >'%s/places/p.yml' && echo x >'%s/.hidden.yml' && "
        "echo x >'%s/README'",
        folder, folder, folder, folder);
    load_folder(&l, folder);
    CU_ASSERT_EQUAL(l.status, 0);
    unload(&l);
    run("ln -s .. '%s/en/loop'", folder);
    load_folder(&l, folder);
    CU_ASSERT_EQUAL(l.status, -1);
    unload(&l);
    run("rm -rf '%s'/*", folder);
    load_folder(&l, folder);
    CU_ASSERT_EQUAL(l.status, -1);
    CU_ASSERT_PTR_NOT_NULL(strstr(l.error.text, "no rule files"));
    unload(&l);
    remove_folder(folder);
}

/* A second language has words and lists of its own; sources are shared by index. */
static void test_two_languages(void)
{
    char folder[64];
    struct loaded l;
    make_folder(folder);
    run("mkdir '%s/uk' && printf 'format: strike-words/1\\nlanguage: uk\\nlists:\\n  dead: [a]\\n' "
        ">'%s/uk/words.yml'",
        folder, folder);
    load_folder(&l, folder);
    CU_ASSERT_PTR_NOT_NULL_FATAL(l.ruleset);
    CU_ASSERT_EQUAL(l.ruleset->n_languages, 2);
    const struct language *uk = ruleset_language(l.ruleset, SLICE_LITERAL("uk"));
    CU_ASSERT_PTR_NOT_NULL_FATAL(uk);
    CU_ASSERT_PTR_NOT_NULL(uk->matchers[LAYER_EVENT]);
    CU_ASSERT_NOT_EQUAL(map_get(&uk->symbols.lists_by_name, SLICE_LITERAL("drones")), MAP_ABSENT);
    unload(&l);
    remove_folder(folder);
}

/* A second language's own words: weapons, endings, Latin letters, home, and sources it repeats; the
 * language that is read first may repeat the later one's too. */
static void test_second_language(void)
{
    char folder[64];
    struct loaded l;
    make_folder(folder);
    run("mkdir '%s/aa' && printf 'format: strike-words/1\nlanguage: aa\nat home in: UA\n"
        "weapons: {drones: [doron]}\nname endings: {ovi: [iv, \"\"], i: a}\n"
        "romanisation: {x: kh}\nromanisation of first letters: {x: h}\n' >'%s/aa/words.yml'",
        folder, folder);
    run("printf 'format: strike-sources/1\nlanguage: aa\nsources:\n  - {source: Royters, same as: "
        "Reuters, also: [Roiter]}\n' >'%s/aa/sources.yml'",
        folder);
    load_folder(&l, folder);
    CU_ASSERT_PTR_NOT_NULL_FATAL(l.ruleset);
    const struct language *aa = ruleset_language(l.ruleset, SLICE_LITERAL("aa"));
    const struct language *en = ruleset_language(l.ruleset, SLICE_LITERAL("en"));
    CU_ASSERT_FATAL(aa && en);
    CU_ASSERT(slice_is(aa->country, "UA") && en->country.len == 0);
    CU_ASSERT_EQUAL_FATAL(aa->n_endings, 2);
    CU_ASSERT(slice_is(aa->endings[0].written, "ovi") && aa->endings[0].n_basic == 2);
    CU_ASSERT(slice_is(aa->endings[1].basic[0], "a") && en->n_endings == 0);
    CU_ASSERT_EQUAL_FATAL(aa->n_letters, 2);
    CU_ASSERT(aa->letters[0].first && slice_is(aa->letters[0].latin, "h") && !aa->letters[1].first);
    const struct word_list *drones[] = {
        &aa->symbols.lists[map_get(&aa->symbols.lists_by_name, SLICE_LITERAL("drones"))],
        &en->symbols.lists[map_get(&en->symbols.lists_by_name, SLICE_LITERAL("drones"))]};
    CU_ASSERT(slice_is(drones[0]->phrases[drones[0]->n_phrases - 1].written, "doron"));
    CU_ASSERT_EQUAL(drones[0]->n_phrases, drones[1]->n_phrases + 1);
    CU_ASSERT_EQUAL_FATAL(aa->source_names.n_phrases, 2);
    for (size_t i = 0; i < 2; i++) {
        int64_t source = aa->source_names.phrases[i].value;
        CU_ASSERT(slice_is(l.ruleset->sources[source].name, "Reuters"));
        CU_ASSERT(slice_is(l.ruleset->sources[source].kind, "agency"));
    }
    unload(&l);
    remove_folder(folder);
}

static void test_shipped(void)
{
    struct loaded l;
    load_folder(&l, "rules");
    CU_ASSERT_EQUAL(l.status, 0);
    if (l.status) {
        struct buffer out;
        buffer_init(&out, 1 << 20);
        diagnostics_print(&l.findings, &out);
        printf("%.*s", (int)out.len, out.ptr ? out.ptr : "");
        buffer_free(&out);
    }
    unload(&l);
}

void suite_ruleset(void)
{
    CU_pSuite suite = CU_add_suite("ruleset", NULL, NULL);
    CU_add_test(suite, "every fault has its message", test_bad);
    CU_add_test(suite, "a good rule set", test_good);
    CU_add_test(suite, "its rules match", test_matches);
    CU_add_test(suite, "digest of the content", test_digest);
    CU_add_test(suite, "directories", test_directories);
    CU_add_test(suite, "two languages", test_two_languages);
    CU_add_test(suite, "what a second language adds", test_second_language);
    CU_add_test(suite, "the shipped rules load", test_shipped);
}
