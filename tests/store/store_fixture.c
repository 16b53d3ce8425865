#include "store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static PGconn *connect_to(const char *conninfo)
{
    PGconn *connection = PQconnectdb(conninfo);
    if (PQstatus(connection) != CONNECTION_OK)
        fprintf(stderr, "test: %s", PQerrorMessage(connection));
    return connection;
}

static bool run_with_name(const char *format, const char *name)
{
    char sql[160];
    PGconn *server = connect_to("");
    snprintf(sql, sizeof sql, format, name);
    PGresult *result = PQexec(server, sql);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!good)
        fprintf(stderr, "test: %s", PQerrorMessage(server));
    PQclear(result);
    PQfinish(server);
    return good;
}

bool test_db_open(struct test_db *db, bool migrated)
{
    static int counter;
    struct error err = {0};
    struct migration_status status;
    *db = (struct test_db){0};
    snprintf(db->name, sizeof db->name, "store_%ld_%d", (long)getpid(), ++counter);
    snprintf(db->conninfo, sizeof db->conninfo, "dbname=%s", db->name);
    if (!run_with_name("CREATE DATABASE %s", db->name))
        return false;
    db->plain = connect_to(db->conninfo);
    bool good = store_open(&db->store, db->conninfo, &err) == 0 &&
                (!migrated || store_migrate(db->store, "sql", &status, &err) == 0);
    if (!good)
        fprintf(stderr, "test: %s\n", err.text);
    return good;
}

void test_db_close(struct test_db *db)
{
    PQfinish(db->plain);
    store_close(db->store);
    run_with_name("DROP DATABASE %s WITH (FORCE)", db->name);
}

const char *db_text(struct test_db *db, const char *sql)
{
    PGresult *result = PQexec(db->plain, sql);
    bool row = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0;
    snprintf(db->text, sizeof db->text, "%s%s",
             PQresultStatus(result) == PGRES_FATAL_ERROR ? "error: " : "",
             row ? PQgetvalue(result, 0, 0) : PQresultErrorMessage(result));
    PQclear(result);
    return db->text;
}

long long db_int(struct test_db *db, const char *sql)
{
    return strtoll(db_text(db, sql), NULL, 10);
}

bool db_run(struct test_db *db, const char *sql)
{
    PGresult *result = PQexec(db->plain, sql);
    bool good =
        PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    return good;
}
