#include <CUnit/CUnit.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_fixture.h"

static struct test_db db;
static struct error err;
static struct migration_status status;
static char dir[64];

static void write_file(const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    CU_ASSERT_FATAL(file != NULL);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *name)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    remove(path);
}

static void start(void)
{
    char views[80];
    snprintf(dir, sizeof dir, "/tmp/migrate_XXXXXX");
    CU_ASSERT_FATAL(mkdtemp(dir) != NULL);
    snprintf(views, sizeof views, "%s/views", dir);
    CU_ASSERT_FATAL(mkdir(views, 0700) == 0);
    write_file("0001_one.sql", "CREATE TABLE tracker.one (n int)");
    write_file("0002_two.sql", "CREATE SCHEMA seen; CREATE TABLE tracker.two (n int)");
    write_file("views/v.sql", "CREATE OR REPLACE VIEW seen.v AS SELECT 1 AS x");
    CU_ASSERT_FATAL(test_db_open(&db, false));
}

static void stop(void)
{
    remove_file("0001_one.sql");
    remove_file("0002_two.sql");
    remove_file("0003_three.sql");
    remove_file("0004_four.sql");
    remove_file("views/v.sql");
    remove_file("views");
    remove_file("");
    test_db_close(&db);
}

static int migrate(void)
{
    return store_migrate(db.store, dir, &status, &err);
}

static void test_steps(void)
{
    start();
    CU_ASSERT_EQUAL(store_check(db.store, dir, &status, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_REFUSED);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "tracker init"));
    CU_ASSERT_EQUAL(migrate(), 0);
    CU_ASSERT_EQUAL(status.applied_now, 2);
    CU_ASSERT_EQUAL(status.schema_version, 2);
    CU_ASSERT_EQUAL(migrate(), 0);
    CU_ASSERT_EQUAL(status.applied_now, 0);
    CU_ASSERT_EQUAL(store_check(db.store, dir, &status, &err), 0);
    CU_ASSERT_EQUAL(status.program_version, 2);
    write_file("0003_three.sql", "CREATE TABLE tracker.three (n int)");
    CU_ASSERT_EQUAL(store_check(db.store, dir, &status, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_REFUSED);
    CU_ASSERT_EQUAL(migrate(), 0);
    CU_ASSERT_EQUAL(status.applied_now, 1);
    CU_ASSERT_EQUAL(store_check(db.store, dir, &status, &err), 0);
    stop();
}

static void test_newer_schema(void)
{
    start();
    write_file("0003_three.sql", "CREATE TABLE tracker.three (n int)");
    CU_ASSERT_EQUAL(migrate(), 0);
    remove_file("0003_three.sql");
    CU_ASSERT_EQUAL(migrate(), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_REFUSED);
    CU_ASSERT_STRING_EQUAL(err.text, "the database's schema has version 3, this program knows 2: "
                                     "use a newer program");
    CU_ASSERT_EQUAL(store_check(db.store, dir, &status, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_REFUSED);
    stop();
}

static void test_edited(void)
{
    start();
    CU_ASSERT_EQUAL(migrate(), 0);
    write_file("0001_one.sql", "CREATE TABLE tracker.one (n bigint)");
    CU_ASSERT_EQUAL(migrate(), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_REFUSED);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "0001_one.sql was edited"));
    stop();
}

static void test_gap(void)
{
    start();
    write_file("0004_four.sql", "SELECT 1");
    CU_ASSERT_EQUAL(migrate(), -1);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "0004_four.sql is not migration number 3"));
    stop();
}

/* A migration that fails leaves nothing, and those before it stay. */
static void test_failing(void)
{
    start();
    write_file("0002_two.sql", "CREATE SCHEMA seen; CREATE TABLE tracker.two (n int); SELECT 1/0");
    CU_ASSERT_EQUAL(migrate(), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_DATABASE);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "0002_two.sql: division by zero"));
    CU_ASSERT_EQUAL(db_int(&db, "SELECT count(*) FROM tracker.migration"), 1);
    CU_ASSERT_STRING_EQUAL(db_text(&db, "SELECT to_regclass('tracker.two') IS NULL"), "t");
    write_file("0002_two.sql", "CREATE SCHEMA seen");
    CU_ASSERT_EQUAL(migrate(), 0);
    CU_ASSERT_EQUAL(status.applied_now, 1);
    stop();
}

static void test_views(void)
{
    start();
    CU_ASSERT_EQUAL(migrate(), 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT x FROM seen.v"), 1);
    write_file("views/v.sql", "CREATE OR REPLACE VIEW seen.v AS SELECT 2 AS x");
    CU_ASSERT_EQUAL(migrate(), 0);
    CU_ASSERT_EQUAL(status.applied_now, 0);
    CU_ASSERT_EQUAL(db_int(&db, "SELECT x FROM seen.v"), 2);
    stop();
}

static void test_no_directory(void)
{
    CU_ASSERT_FATAL(test_db_open(&db, false));
    CU_ASSERT_EQUAL(store_migrate(db.store, "/nonexistent", &status, &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, "/nonexistent"));
    test_db_close(&db);
}

static void test_no_server(void)
{
    struct store *store;
    CU_ASSERT_EQUAL(store_open(&store, "host=/nonexistent port=5432", &err), -1);
    CU_ASSERT_EQUAL(err.code, ERROR_NO_DATABASE);
    CU_ASSERT_PTR_NULL(store);
}

void suite_migrate(void);
void suite_migrate(void)
{
    CU_pSuite suite = CU_add_suite("migrate", NULL, NULL);
    CU_add_test(suite, "step by step", test_steps);
    CU_add_test(suite, "schema newer than the program", test_newer_schema);
    CU_add_test(suite, "an edited migration", test_edited);
    CU_add_test(suite, "a gap in the numbers", test_gap);
    CU_add_test(suite, "a migration that fails", test_failing);
    CU_add_test(suite, "views follow their files", test_views);
    CU_add_test(suite, "no directory", test_no_directory);
    CU_add_test(suite, "no server", test_no_server);
}
