#include "cli/cli.h"

/* One line of the findings: "ok" or "FAULT", what was looked at, what was found. */
static void line(struct cli *cli, bool ok, const char *what, const char *found)
{
    buffer_format(&cli->out, "%-6s%-13s%s\n", ok ? "ok" : "FAULT", what, found);
}

static bool check_settings(struct cli *cli)
{
    for (enum option_id id = 0; id < OPTIONS; id++) {
        const struct setting_value *setting = &cli->settings.values[id];
        if (option_table[id].setting)
            buffer_format(&cli->out, "%-6s%-13s%s (%s)\n", "", option_table[id].name,
                          setting->value ? (id == OPTION_DATABASE ? "(given)" : setting->value)
                                         : "not set",
                          setting_origin_names[setting->origin]);
    }
    buffer_format(&cli->out, "%-6s%-13s%s\n", "", "config",
                  cli->settings.config_file ? cli->settings.config_file : "none");
    buffer_format(&cli->out, "%-6s%-13s%zu\n", "", "feeds", cli->settings.n_feeds);
    return true;
}

static bool check_rules(struct cli *cli)
{
    struct diagnostics findings;
    struct ruleset *ruleset;
    struct error why = {0};
    char hex[2 * DIGEST_SIZE + 1], text[1024];
    diagnostics_init(&findings, &cli->arena);
    if (ruleset_load(&ruleset, cli->settings.values[OPTION_RULES].value, &findings, &why)) {
        error_describe(&why, text, sizeof text);
        line(cli, false, "rules", text);
        buffer_format(&cli->out, "%-19s%zu errors; 'tracker rules check' shows them\n", "",
                      findings.n_errors);
        return false;
    }
    digest_hex(&ruleset->digest, hex);
    buffer_format(&cli->out, "%-6s%-13s%zu rules, %zu languages, sha256 %.16s\n", "ok", "rules",
                  ruleset->n_rules, ruleset->n_languages, hex);
    ruleset_free(ruleset);
    return true;
}

static bool check_places(struct cli *cli)
{
    struct gazetteer *gazetteer;
    struct error why = {0};
    if (gazetteer_open(&gazetteer, cli->settings.values[OPTION_PLACES].value, &why)) {
        line(cli, false, "places", why.text);
        return false;
    }
    gazetteer_free(gazetteer);
    line(cli, true, "places", cli->settings.values[OPTION_PLACES].value);
    return true;
}

static bool check_schema(struct cli *cli, struct store *store)
{
    struct migration_status status;
    struct error why = {0};
    if (store_check(store, cli->settings.values[OPTION_SQL].value, &status, &why)) {
        line(cli, false, "schema", why.text);
        return false;
    }
    buffer_format(&cli->out, "%-6s%-13sversion %d\n", "ok", "schema", status.schema_version);
    return true;
}

static bool check_database(struct cli *cli, struct error *err)
{
    struct store *store;
    struct store_info info;
    struct error why = {0};
    if (store_open(&store, cli->settings.values[OPTION_DATABASE].value, &why)) {
        line(cli, false, "database", why.text);
        *err = why;
        return false;
    }
    bool ok = store_describe(store, &cli->arena, &info, &why) == 0;
    if (ok)
        buffer_format(
            &cli->out,
            "%-6s%-13sPostgreSQL %.*s, libpq %.*s, database %.*s as %.*s on %.*s port %.*s\n", "ok",
            "database", SLICE_ARG(info.server_version), SLICE_ARG(info.libpq_version),
            SLICE_ARG(info.database), SLICE_ARG(info.role), SLICE_ARG(info.host),
            SLICE_ARG(info.port));
    else
        line(cli, false, "database", why.text);
    ok = ok && check_schema(cli, store);
    store_close(store);
    return ok;
}

int cmd_doctor(struct cli *cli, struct error *err)
{
    if (cli->arguments.n_operands)
        return error_set(err, ERROR_USAGE, "doctor takes no operands");
    buffer_format(&cli->out, "%-6s%-13s%s\n", "", "tracker", TRACKER_VERSION);
    bool ok = check_settings(cli);
    ok = check_rules(cli) && ok;
    ok = check_places(cli) && ok;
    ok = check_database(cli, err) && ok;
    return ok ? EXIT_OK : EXIT_FATAL;
}
