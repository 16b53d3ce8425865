#include "base/json.h"

#include <CUnit/CUnit.h>

void suite_json(void);

static void test_structure(void)
{
    struct buffer buffer;
    struct json_writer json;
    buffer_init(&buffer, 1000);
    json_start(&json, &buffer);
    json_open(&json, '{');
    json_key(&json, "id");
    json_text(&json, "a");
    json_key(&json, "list");
    json_open(&json, '[');
    json_int(&json, -3);
    json_bool(&json, true);
    json_null(&json);
    json_open(&json, '{');
    json_close(&json, '}');
    json_open(&json, '[');
    json_close(&json, ']');
    json_close(&json, ']');
    json_key(&json, "none");
    json_slice(&json, SLICE_NONE);
    json_key(&json, "empty");
    json_slice(&json, SLICE_LITERAL(""));
    json_key(&json, "missing");
    json_text(&json, NULL);
    json_close(&json, '}');
    CU_ASSERT_STRING_EQUAL(buffer.ptr, "{\"id\":\"a\",\"list\":[-3,true,null,{},[]],\"none\":null,"
                                       "\"empty\":\"\",\"missing\":null}");
    buffer_free(&buffer);
}

static void test_escapes(void)
{
    struct buffer buffer;
    struct json_writer json;
    buffer_init(&buffer, 1000);
    json_start(&json, &buffer);
    json_slice(&json, SLICE_LITERAL("\"\\/\b\f\n\r\t\x01\x1f\x7f\0é’"));
    CU_ASSERT_STRING_EQUAL(buffer.ptr,
                           "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\\u0000é’\"");
    buffer_free(&buffer);
}

static void test_decimals(void)
{
    static const struct {
        int64_t scaled;
        int digits;
        const char *text;
    } CASES[] = {
        {4955589, 5, "49.55589"}, {2550000, 5, "25.5"}, {-4955000, 5, "-49.55"},
        {5, 5, "0.00005"},        {-5, 1, "-0.5"},      {0, 5, "0"},
        {1200000, 5, "12"},       {7, 0, "7"},          {INT64_MIN, 2, "-92233720368547758.08"},
    };
    struct buffer buffer;
    struct json_writer json;
    buffer_init(&buffer, 1000);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        buffer_clear(&buffer);
        json_start(&json, &buffer);
        json_decimal(&json, CASES[i].scaled, CASES[i].digits);
        CU_ASSERT_STRING_EQUAL(buffer.ptr, CASES[i].text);
    }
    buffer_free(&buffer);
}

void suite_json(void)
{
    CU_pSuite suite = CU_add_suite("json", NULL, NULL);
    CU_add_test(suite, "commas and brackets", test_structure);
    CU_add_test(suite, "escapes", test_escapes);
    CU_add_test(suite, "decimals without floating point", test_decimals);
}
