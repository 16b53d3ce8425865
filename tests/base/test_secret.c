#include <CUnit/CUnit.h>

#include "base/secret.h"

void suite_secret(void);

static void told(void)
{
    static const struct {
        const char *text;
        bool secret;
    } cases[] = {
        {"host=db.example password=x", true},
        {"host=db.example PassWord = 'x y'", true},
        {"database: \"password: x\"", true},
        {"\"password\": x", true},
        {"postgresql://user:x@db.example/strikes", true},
        {"cannot read \"postgresql://user:x@[bad\"", true},
        {"postgresql://user@db.example:5432/strikes", false},
        {"https://harbour.example/a:b", false},
        {"host=db.example dbname=strikes", false},
        {"unknown setting 'password'", false},
        {"password", false},
        {"the password is told nowhere", false},
        {"//", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (secret_in(slice_of(cases[i].text)) != cases[i].secret)
            CU_FAIL(cases[i].text);
}

void suite_secret(void)
{
    CU_pSuite suite = CU_add_suite("secret", NULL, NULL);
    CU_add_test(suite, "texts that may hold a password", told);
}
