#include "place_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "extract/gazetteer_build.h"

static const char *const FILES[] = {"countries.tsv", "regions.tsv", "areas.tsv",      "admin1.tsv",
                                    "admin2.tsv",    "places.tsv",  "not-places.txt", "other.txt"};

static void must(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "place_index: %s\n", what);
        abort();
    }
}

void place_index_write(const struct place_index *index, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", index->folder, name);
    if (!text) {
        unlink(path);
        return;
    }
    FILE *file = fopen(path, "wb");
    must(file && fputs(text, file) >= 0 && fclose(file) == 0, path);
}

const char *place_index_row(int id, const char *name, const char *others, const char *lat,
                            const char *lon, const char *code, const char *country, const char *adm,
                            int population, const char *zone)
{
    static char row[2048];
    char adm1[32];
    snprintf(adm1, sizeof adm1, "%s", adm);
    char *dot = strchr(adm1, '.');
    if (dot)
        *dot = 0;
    snprintf(row, sizeof row, "%d\t%s\t\t%s\t%s\t%s\tP\t%s\t%s\t\t%s\t%s\t\t\t%d\t\t\t%s\t\n", id,
             name, others, lat, lon, code, country, adm1, dot ? dot + 1 : "", population, zone);
    return row;
}

static void write_places(const struct place_index *index)
{
    static const struct {
        int id;
        const char *name, *others, *lat, *lon, *code, *country, *adm;
        int population;
        const char *zone;
    } rows[] = {
        {1, "Kyiv", "Kiev,Київ,Киев", "50.45466", "30.5238", "PPLC", "UA", "12", 2797553,
         "Europe/Kyiv"},
        {2, "Ternopil", "Ternopol,Тернопіль", "49.55404", "25.59067", "PPLA", "UA", "22.6104",
         235676, "Europe/Kyiv"},
        {3, "Ivano-Frankivsk", "", "48.9215", "24.70972", "PPLA", "UA", "06", 204200,
         "Europe/Kyiv"},
        {4, "Kharkiv", "Харків", "49.98177", "36.25475", "PPLA", "UA", "07", 1430885,
         "Europe/Kyiv"},
        {5, "Nice", "", "43.70313", "7.26608", "PPL", "FR", "93", 338620, "Europe/Paris"},
        {6, "Gary", "", "41.59337", "-87.34643", "PPL", "US", "IN", 77156, "America/Chicago"},
        {7, "Springfield", "", "39.80172", "-89.64371", "PPLA", "US", "IL", 116565,
         "America/Chicago"},
        {8, "Springfield", "", "37.21533", "-93.29824", "PPL", "US", "MO", 166810,
         "America/Chicago"},
        {9, "Maywand", "", "31.75", "65.15", "PPL", "AF", "23.2310", 12000, "Asia/Kabul"},
        {10, "Kandahar", "قندهار", "31.61332", "65.71013", "PPLA", "AF", "23.2301", 391190,
         "Asia/Kabul"},
        {11, "Deir ez-Zor", "Deir Ezzor", "35.33588", "40.14084", "PPLA", "SY", "07", 242565,
         "Asia/Damascus"},
        {12, "Ma’rib", "", "15.46253", "45.32581", "PPLA", "YE", "14", 16794, "Asia/Aden"},
        {13, "Łódź", "", "51.75", "19.46667", "PPLA", "PL", "74", 768755, "Europe/Warsaw"},
        {14, "St. Louis", "", "38.62727", "-90.19789", "PPL", "US", "MO", 315685,
         "America/Chicago"},
        {15, "Novosilka", "", "49.1", "25.1", "PPL", "UA", "22", 900, "Europe/Kyiv"},
        {16, "Novosilka", "", "49.9", "25.9", "PPL", "UA", "22", 800, "Europe/Kyiv"},
    };
    char path[160];
    snprintf(path, sizeof path, "%s/places.tsv", index->folder);
    FILE *file = fopen(path, "wb");
    must(file, path);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        fputs(place_index_row(rows[k].id, rows[k].name, rows[k].others, rows[k].lat, rows[k].lon,
                              rows[k].code, rows[k].country, rows[k].adm, rows[k].population,
                              rows[k].zone),
              file);
    must(fclose(file) == 0, path);
}

void place_index_make(struct place_index *index)
{
    snprintf(index->folder, sizeof index->folder, "/tmp/place-index-XXXXXX");
    must(mkdtemp(index->folder), "no temporary folder");
    snprintf(index->path, sizeof index->path, "%s/index", index->folder);
    place_index_write(
        index, "countries.tsv",
        "# country\tname\tother names\tpeople\tlocal\n"
        "UA\tUkraine\t\tUkrainian|Ukrainians\tУкраїна\n"
        "US\tUnited States\tU.S.|USA\tAmerican\t\n"
        "AF\tAfghanistan\t\tAfghan\t\nFR\tFrance\t\tFrench\t\nPL\tPoland\t\tPolish\t\n"
        "SY\tSyria\t\tSyrian\t\nYE\tYemen\t\tYemeni\t\nRU\tRussia\t\tRussian\t\n");
    place_index_write(index, "regions.tsv",
                      "UA.22\tTernopil\tTernopil Oblast\t\tТернопільщина\t\n"
                      "US.IN\tIndiana\t\tHoosier\t\tIN|Ind.\nUS.IL\tIllinois\t\t\t\tIL|Ill.\n"
                      "AF.23\tKandahar\t\t\t\t\n");
    place_index_write(
        index, "admin1.tsv",
        "UA.22\tTernopil\tTernopil\t-22\nUA.12\tKyiv\tKyiv City\t-12\n"
        "UA.06\tIvano-Frankivsk\t\t-6\nUA.07\tKharkiv\t\t-7\nUS.MO\tMissouri\t\t-30\n"
        "US.IN\tIndiana\t\t-31\nUS.IL\tIllinois\t\t-32\nAF.23\tKandahar\t\t-33\n"
        "SY.07\tDeir ez-Zor\t\t-34\nYE.14\tMarib\t\t-35\nPL.74\tŁódź\t\t-36\nFR.93\tPaca\t\t-37\n");
    place_index_write(index, "admin2.tsv",
                      "UA.22.6104\tTernopil\tTernopil Raion\t-6104\nAF.23.2310\tMaywand\t\t-2310\n"
                      "AF.23.2301\tKandahar\t\t-2301\n");
    place_index_write(index, "areas.tsv",
                      "Donbas\tDonbass\tДонбас\tUA\t\t48.1\t38.3\n"
                      "Black Sea\t\t\t\t\t\t\n");
    place_index_write(index, "not-places.txt", "# words\nNice\nGary\n");
    write_places(index);
    struct error err = {0};
    const char *paths[] = {index->folder};
    must(gazetteer_build(paths, 1, index->path, &err) == 0, err.text);
    must(gazetteer_open(&index->gazetteer, index->path, &err) == 0, err.text);
}

void place_index_remove(struct place_index *index)
{
    gazetteer_free(index->gazetteer);
    for (size_t k = 0; k < sizeof FILES / sizeof *FILES; k++)
        place_index_write(index, FILES[k], NULL);
    unlink(index->path);
    rmdir(index->folder);
}
