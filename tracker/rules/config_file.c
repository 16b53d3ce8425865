#include "rules/config_file.h"

#include <errno.h>
#include <stdio.h>

#include "base/duration.h"
#include "read/url.h"
#include "rules/yaml_tree.h"

/* A settings file is a page; more is a mistake (a data file given as --config). */
#define CONFIG_MAX_BYTES ((size_t)1 << 20)

static int content_read(struct arena *arena, const char *path, struct slice *out, struct error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_at(err, ERROR_CONFIG, path, 0, 0, "cannot open: %s", strerror(errno));
    char *bytes = arena_alloc(arena, CONFIG_MAX_BYTES);
    size_t n = bytes ? fread(bytes, 1, CONFIG_MAX_BYTES, file) : 0;
    bool bad = ferror(file) != 0;
    fclose(file);
    if (!bytes)
        return arena_full(arena, err);
    if (bad || n == CONFIG_MAX_BYTES)
        return error_at(err, ERROR_CONFIG, path, 0, 0, "cannot be read, or is no settings file");
    *out = (struct slice){bytes, n};
    return 0;
}

static const char *const feed_keys[] = {"url", "outlet", "lang", "every", "follow"};
#define FEED_KEYS (sizeof feed_keys / sizeof *feed_keys)

/* Keys that no feed has, and values that are no texts. */
static void feed_check(const struct yaml_node *node, struct diagnostics *findings)
{
    struct slice names[FEED_KEYS];
    for (size_t i = 0; i < FEED_KEYS; i++)
        names[i] = slice_of(feed_keys[i]);
    for (size_t i = 0; i < node->n; i++) {
        const struct yaml_node *key = &node->keys[i];
        size_t k = 0;
        while (k < FEED_KEYS && !slice_equal(key->text, names[k]))
            k++;
        char hint[64];
        struct slice near = suggest(key->text, names, FEED_KEYS);
        snprintf(hint, sizeof hint, "did you mean %.*s?", SLICE_ARG(near));
        if (k == FEED_KEYS)
            diagnostics_add(findings, SEVERITY_ERROR, key->where, near.len ? hint : NULL,
                            "unknown key '%.*s' of a feed", SLICE_ARG(key->text));
        else if (node->items[i].kind != YAML_TEXT)
            diagnostics_add(findings, SEVERITY_ERROR, node->items[i].where, NULL,
                            "expected one value for '%.*s'", SLICE_ARG(key->text));
    }
}

static struct slice feed_text(struct arena *arena, const struct yaml_node *node, const char *key)
{
    const struct yaml_node *value = yaml_get(node, key);
    return value && value->kind == YAML_TEXT ? arena_copy(arena, value->text) : SLICE_NONE;
}

static void feed_url(struct arena *arena, const struct yaml_node *node, struct config_feed *feed,
                     struct diagnostics *findings)
{
    const struct yaml_node *value = yaml_get(node, "url");
    struct slice url = feed_text(arena, node, "url");
    struct slice canonical = url;
    struct error why;
    if (!value)
        diagnostics_add(findings, SEVERITY_ERROR, node->where, NULL, "a feed needs 'url:'");
    else if (!url_is_web(url))
        diagnostics_add(findings, SEVERITY_ERROR, value->where, NULL,
                        "expected an address that begins with http:// or https://");
    else if (url_canonical(arena, url, &canonical, &why))
        diagnostics_add(findings, SEVERITY_ERROR, value->where, NULL, "%s", why.text);
    feed->url = arena_copy(arena, canonical);
}

static void feed_values(const struct yaml_node *node, struct config_feed *feed,
                        struct diagnostics *findings)
{
    const struct yaml_node *every = yaml_get(node, "every");
    const struct yaml_node *follow = yaml_get(node, "follow");
    const struct yaml_node *lang = yaml_get(node, "lang");
    struct error why;
    feed->follow = true;
    if (every && every->kind == YAML_TEXT && duration_parse(every->text, &feed->every, &why))
        diagnostics_add(findings, SEVERITY_ERROR, every->where, NULL, "%s", why.text);
    if (follow && follow->kind == YAML_TEXT) {
        feed->follow = slice_is(follow->text, "yes");
        if (!feed->follow && !slice_is(follow->text, "no"))
            diagnostics_add(findings, SEVERITY_ERROR, follow->where, NULL,
                            "expected yes or no, got '%.*s'", SLICE_ARG(follow->text));
    }
    if (lang && lang->kind == YAML_TEXT && (lang->text.len < 2 || lang->text.len > 3))
        diagnostics_add(findings, SEVERITY_ERROR, lang->where, NULL,
                        "expected the code of a language such as en or uk, got '%.*s'",
                        SLICE_ARG(lang->text));
}

static void feed_unique(const struct config_file *file, const struct config_feed *feed,
                        const struct yaml_node *node, struct diagnostics *findings)
{
    for (size_t i = 0; i < file->n_feeds && feed->url.len; i++)
        if (slice_equal(file->feeds[i].url, feed->url)) {
            const struct yaml_node *url = yaml_get(node, "url");
            diagnostics_add(findings, SEVERITY_ERROR, url->where, NULL, "feed %.*s is given twice",
                            SLICE_ARG(feed->url));
            return;
        }
}

static int feeds_read(struct arena *arena, const struct yaml_node *list, struct config_file *out,
                      struct diagnostics *findings, struct error *err)
{
    if (list->kind != YAML_LIST) {
        diagnostics_add(findings, SEVERITY_ERROR, list->where, NULL,
                        "expected a list of feeds, each with 'url:'");
        return 0;
    }
    out->feeds = ARENA_ARRAY(arena, struct config_feed, list->n);
    if (!out->feeds)
        return arena_full(arena, err);
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml_node *node = &list->items[i];
        if (node->kind != YAML_MAP) {
            diagnostics_add(findings, SEVERITY_ERROR, node->where, NULL,
                            "expected a feed, '- url: https://...'");
            continue;
        }
        struct config_feed *feed = &out->feeds[out->n_feeds];
        feed_check(node, findings);
        feed_url(arena, node, feed, findings);
        feed->outlet = feed_text(arena, node, "outlet");
        feed->lang = feed_text(arena, node, "lang");
        feed_values(node, feed, findings);
        feed_unique(out, feed, node, findings);
        out->n_feeds++;
    }
    return 0;
}

/* The items of a list, by commas. */
static int list_join(struct arena *arena, const struct yaml_node *list, struct slice *out,
                     struct diagnostics *findings, struct error *err)
{
    *out = SLICE_LITERAL("");
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml_node *item = &list->items[i];
        if (item->kind != YAML_TEXT || memchr(item->text.ptr, ',', item->text.len)) {
            diagnostics_add(findings, SEVERITY_ERROR, item->where, NULL,
                            "expected a list of words");
            return 0;
        }
        *out =
            arena_format(arena, "%.*s%s%.*s", SLICE_ARG(*out), i ? "," : "", SLICE_ARG(item->text));
        if (!out->ptr)
            return arena_full(arena, err);
    }
    return 0;
}

static int entry_read(struct arena *arena, const struct yaml_node *key,
                      const struct yaml_node *value, struct config_file *out,
                      struct diagnostics *findings, struct error *err)
{
    struct config_entry entry = {.key = key->text,
                                 .where = key->where,
                                 .value_where = value->where,
                                 .value = SLICE_LITERAL(""),
                                 .is_list = value->kind == YAML_LIST};
    if (value->kind == YAML_MAP) {
        diagnostics_add(findings, SEVERITY_ERROR, value->where, NULL,
                        "expected one value for '%.*s'", SLICE_ARG(key->text));
    }
    if (entry.is_list && list_join(arena, value, &entry.value, findings, err))
        return -1;
    if (value->kind == YAML_TEXT)
        entry.value = arena_copy(arena, value->text);
    if (!entry.value.ptr)
        return arena_full(arena, err);
    out->entries[out->n_entries++] = entry;
    return 0;
}

int config_file_read(struct arena *arena, const char *path, struct config_file *out,
                     struct diagnostics *findings, struct error *err)
{
    struct slice content;
    struct yaml_node *root;
    *out = (struct config_file){0};
    if (content_read(arena, path, &content, err))
        return -1;
    if (yaml_tree_read(arena, path, content, findings, &root))
        return error_at(err, ERROR_CONFIG, path, 0, 0, "is no valid settings file");
    if (root->kind != YAML_MAP) {
        diagnostics_add(findings, SEVERITY_ERROR, root->where, NULL,
                        "expected lines 'setting: value'");
        return error_at(err, ERROR_CONFIG, path, 0, 0, "is no valid settings file");
    }
    out->entries = ARENA_ARRAY(arena, struct config_entry, root->n);
    if (!out->entries)
        return arena_full(arena, err);
    for (size_t i = 0; i < root->n; i++) {
        const struct yaml_node *key = &root->keys[i], *value = &root->items[i];
        if (slice_is(key->text, "feeds") ? feeds_read(arena, value, out, findings, err)
                                         : entry_read(arena, key, value, out, findings, err))
            return -1;
    }
    return findings->n_errors
               ? error_at(err, ERROR_CONFIG, path, 0, 0, "has settings that cannot be used")
               : 0;
}
