/*
 * Schema versions. A migration is a file sql/NNNN_name.sql, applied once, in order, in a
 * transaction with the row that says so; afterwards it must not be edited (checksum). Published
 * views lie in sql/views/ as CREATE OR REPLACE and are applied whenever their text or the tables
 * changed.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/connection.h"

#define SQL_CAP ((size_t)16 << 20) /* all files together */

/* One init at a time in a database: a lock that no row can be, as there is no table yet. */
static const char LOCK[] = "SELECT pg_catalog.pg_advisory_lock(7827163)";
static const char UNLOCK[] = "SELECT pg_catalog.pg_advisory_unlock(7827163)";

/* Asked first, so that a user who may not create schemas can still check one that is there. */
static const char HAS_BOOK[] = "SELECT pg_catalog.to_regclass('tracker.migration') IS NOT NULL";
static const char MAKE_BOOK[] =
    "BEGIN; CREATE SCHEMA IF NOT EXISTS tracker;"
    "CREATE TABLE IF NOT EXISTS tracker.migration (version int PRIMARY KEY, name text NOT NULL,"
    " checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());"
    "CREATE TABLE IF NOT EXISTS tracker.published_view (name text PRIMARY KEY,"
    " checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()); COMMIT";

struct sql_file {
    char name[128];
    int version; /* 0 for a view */
    char checksum[2 * DIGEST_SIZE + 1];
    struct slice text; /* terminated by NUL */
};

struct sql_files {
    struct sql_file *items;
    size_t n, capacity;
};

static int read_all(struct arena *arena, const char *path, struct slice *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        int rc = error_set(err, ERROR_IO, "cannot read %s: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return rc;
    }
    size_t size = (size_t)info.st_size, have = 0;
    char *text = size < SQL_CAP ? arena_alloc(arena, size + 1) : NULL;
    ssize_t got = 1;
    while (text && have < size && (got = read(fd, text + have, size - have)) > 0)
        have += (size_t)got;
    int error = errno;
    close(fd);
    if (!text)
        return arena_full(arena, err);
    if (got < 0)
        return error_set(err, ERROR_IO, "cannot read %s: %s", path, strerror(error));
    text[have] = '\0';
    *out = (struct slice){text, have};
    return 0;
}

static bool ends_in_sql(const char *name)
{
    size_t len = strlen(name);
    return len > 4 && strcmp(name + len - 4, ".sql") == 0;
}

/* "0001_schema.sql" is 1; 0 when it is no migration. */
static int version_of(const char *name)
{
    char *end;
    long version = strtol(name, &end, 10);
    bool named = end == name + 4 && *end == '_' && name[0] >= '0' && name[0] <= '9';
    return named && ends_in_sql(name) ? (int)version : 0;
}

static int file_compare(const void *left, const void *right)
{
    const struct sql_file *a = left, *b = right;
    int c = (a->version > b->version) - (a->version < b->version);
    return c ? c : strcmp(a->name, b->name);
}

static int add_file(struct arena *arena, struct sql_files *files, const char *dir, const char *name,
                    int version, struct error *err)
{
    struct slice path = arena_format(arena, "%s/%s", dir, name);
    if (!path.ptr)
        return arena_full(arena, err);
    if (strlen(name) >= sizeof files->items->name)
        return error_set(err, ERROR_IO, "%s: the file's name is too long", path.ptr);
    if (arena_grow(arena, &files->items, &files->capacity, files->n, sizeof *files->items, err) < 0)
        return -1;
    struct sql_file *file = &files->items[files->n];
    *file = (struct sql_file){.version = version};
    memcpy(file->name, name, strlen(name) + 1);
    if (read_all(arena, path.ptr, &file->text, err) < 0)
        return -1;
    struct digest digest = digest_bytes(file->text.ptr, file->text.len);
    digest_hex(&digest, file->checksum);
    files->n++;
    return 0;
}

/* The migrations of a directory, or its views, sorted. */
static int list_files(struct arena *arena, const char *dir, bool views, struct sql_files *files,
                      struct error *err)
{
    *files = (struct sql_files){0};
    DIR *stream = opendir(dir);
    if (!stream)
        return error_set(err, ERROR_IO, "cannot read %s: %s", dir, strerror(errno));
    int rc = 0;
    struct dirent *entry;
    while (rc == 0 && (entry = readdir(stream)) != NULL) {
        int version = views ? 0 : version_of(entry->d_name);
        if (views ? ends_in_sql(entry->d_name) && entry->d_name[0] != '.' : version > 0)
            rc = add_file(arena, files, dir, entry->d_name, version, err);
    }
    closedir(stream);
    if (rc == 0 && files->n)
        qsort(files->items, files->n, sizeof *files->items, file_compare);
    for (size_t i = 0; rc == 0 && !views && i < files->n; i++) {
        if (files->items[i].version != (int)i + 1)
            rc = error_set(err, ERROR_IO, "%s: %s is not migration number %zu", dir,
                           files->items[i].name, i + 1);
    }
    if (rc == 0 && files->n == 0)
        rc = error_set(err, ERROR_IO, "%s: no SQL files", dir);
    return rc;
}

struct sql_set {
    struct sql_files migrations;
    struct sql_files views;
};

static int load_set(struct arena *arena, const char *sql_dir, struct sql_set *set,
                    struct error *err)
{
    struct slice views = arena_format(arena, "%s/views", sql_dir);
    if (!views.ptr)
        return arena_full(arena, err);
    if (list_files(arena, sql_dir, false, &set->migrations, err) < 0)
        return -1;
    return list_files(arena, views.ptr, true, &set->views, err);
}

static int has_book(struct store *store, bool *out, struct error *err)
{
    PGresult *rows;
    if (statement_query(store, HAS_BOOK, 0, NULL, &rows, NULL, "looking for the schema", err) < 0)
        return -1;
    *out = row_bool(rows, 0, 0);
    PQclear(rows);
    return 0;
}

static int check_row(const PGresult *rows, int i, const struct sql_files *files, struct error *err)
{
    int64_t version = row_int(rows, i, 0);
    struct slice name = row_slice(rows, i, 1);
    if (version > (int64_t)files->n)
        return error_set(err, ERROR_REFUSED,
                         "the database's schema has version %lld, this program knows %zu: "
                         "use a newer program",
                         (long long)row_int(rows, PQntuples(rows) - 1, 0), files->n);
    if (version != i + 1)
        return error_set(err, ERROR_REFUSED, "the database lacks migration %d, but has %lld", i + 1,
                         (long long)version);
    const struct sql_file *file = &files->items[i];
    if (slice_is(row_slice(rows, i, 2), file->checksum))
        return 0;
    return error_set(err, ERROR_REFUSED,
                     "migration %s was edited after the database got it (as %.*s): restore it, and "
                     "put the change in a new migration",
                     file->name, SLICE_ARG(name));
}

/* The version of the database, each migration of it checked against its file. */
static int check_book(struct store *store, const struct sql_files *files, int *version,
                      struct error *err)
{
    PGresult *rows;
    if (statement_query(store,
                        "SELECT version, name, checksum FROM tracker.migration ORDER BY version", 0,
                        NULL, &rows, NULL, "reading the schema's version", err) < 0)
        return -1;
    int rc = 0;
    for (int i = 0; rc == 0 && i < PQntuples(rows); i++)
        rc = check_row(rows, i, files, err);
    *version = PQntuples(rows);
    PQclear(rows);
    return rc;
}

static int run_file(struct store *store, const struct sql_file *file, struct error *err)
{
    struct error cause = {0};
    if (statement_run(store, file->text.ptr, file->name, &cause) == 0)
        return 0;
    return error_set(err, cause.code == ERROR_RETRY ? ERROR_NO_DATABASE : cause.code, "%s",
                     cause.text);
}

static int apply_migration(struct store *store, const struct sql_file *file, struct error *err)
{
    char version[16];
    snprintf(version, sizeof version, "%d", file->version);
    const char *const params[] = {version, file->name, file->checksum};
    if (statement_run(store, "BEGIN", file->name, err) < 0 || run_file(store, file, err) < 0 ||
        statement_query(store,
                        "INSERT INTO tracker.migration (version, name, checksum)"
                        " VALUES ($1::int, $2, $3)",
                        3, params, NULL, NULL, file->name, err) < 0)
        return -1;
    return statement_run(store, "COMMIT", file->name, err);
}

static int view_is_current(struct store *store, const struct sql_file *file, bool *out,
                           struct error *err)
{
    PGresult *rows;
    const char *const params[] = {file->name, file->checksum};
    if (statement_query(store,
                        "SELECT FROM tracker.published_view WHERE name = $1 AND checksum = $2", 2,
                        params, &rows, NULL, file->name, err) < 0)
        return -1;
    *out = PQntuples(rows) > 0;
    PQclear(rows);
    return 0;
}

static int apply_view(struct store *store, const struct sql_file *file, struct error *err)
{
    const char *const params[] = {file->name, file->checksum};
    if (run_file(store, file, err) < 0)
        return -1;
    return statement_query(store,
                           "INSERT INTO tracker.published_view (name, checksum) VALUES ($1, $2)"
                           " ON CONFLICT (name) DO UPDATE"
                           " SET checksum = excluded.checksum, applied_at = excluded.applied_at",
                           2, params, NULL, NULL, file->name, err);
}

static int apply_views(struct store *store, const struct sql_files *views, bool all,
                       struct error *err)
{
    if (statement_run(store, "BEGIN", "publishing views", err) < 0)
        return -1;
    for (size_t i = 0; i < views->n; i++) {
        bool current = false;
        if (!all && view_is_current(store, &views->items[i], &current, err) < 0)
            return -1;
        if (!current && apply_view(store, &views->items[i], err) < 0)
            return -1;
    }
    return statement_run(store, "COMMIT", "publishing views", err);
}

static int migrate(struct store *store, const struct sql_set *set, struct migration_status *status,
                   struct error *err)
{
    bool found;
    if (statement_run(store, LOCK, "waiting for another init", err) < 0 ||
        has_book(store, &found, err) < 0)
        return -1;
    if (!found && statement_run(store, MAKE_BOOK, "creating the schema", err) < 0)
        return -1;
    if (check_book(store, &set->migrations, &status->schema_version, err) < 0)
        return -1;
    while (status->schema_version < status->program_version) {
        if (apply_migration(store, &set->migrations.items[status->schema_version], err) < 0)
            return -1;
        status->schema_version++;
        status->applied_now++;
    }
    return apply_views(store, &set->views, status->applied_now > 0, err);
}

/* A lost connection while migrating is not tried again: the user runs init again. */
static int settle_code(int rc, struct error *err)
{
    if (rc < 0 && err && err->code == ERROR_RETRY)
        err->code = ERROR_NO_DATABASE;
    return rc;
}

int store_migrate(struct store *store, const char *sql_dir, struct migration_status *status,
                  struct error *err)
{
    struct arena arena;
    struct sql_set set;
    *status = (struct migration_status){0};
    arena_init(&arena, 2 * SQL_CAP);
    int rc = load_set(&arena, sql_dir, &set, err);
    if (rc == 0)
        rc = connection_ensure(store, err);
    if (rc == 0) {
        status->program_version = (int)set.migrations.n;
        rc = migrate(store, &set, status, err);
        connection_rollback(store);
        if (connection_is_alive(store))
            PQclear(PQexec(store->connection, UNLOCK));
    }
    arena_free(&arena);
    return settle_code(rc, err);
}

static int check(struct store *store, const struct sql_set *set, struct migration_status *status,
                 struct error *err)
{
    bool found;
    if (has_book(store, &found, err) < 0)
        return -1;
    if (!found)
        return error_set(err, ERROR_REFUSED,
                         "this database has no schema of the tracker: run 'tracker init'");
    if (check_book(store, &set->migrations, &status->schema_version, err) < 0)
        return -1;
    if (status->schema_version < status->program_version)
        return error_set(err, ERROR_REFUSED,
                         "the database's schema has version %d, this program needs %d: run "
                         "'tracker init'",
                         status->schema_version, status->program_version);
    return 0;
}

int store_check(struct store *store, const char *sql_dir, struct migration_status *status,
                struct error *err)
{
    struct arena arena;
    struct sql_set set;
    *status = (struct migration_status){0};
    arena_init(&arena, 2 * SQL_CAP);
    int rc = load_set(&arena, sql_dir, &set, err);
    if (rc == 0)
        rc = connection_ensure(store, err);
    if (rc == 0) {
        status->program_version = (int)set.migrations.n;
        rc = check(store, &set, status, err);
    }
    arena_free(&arena);
    return settle_code(rc, err);
}
