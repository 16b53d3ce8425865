#include "base/log.h"

#include <CUnit/CUnit.h>
#include <unistd.h>

void suite_log(void);

/* What `level` and `text` write to stderr, read back through a pipe. */
static void capture(enum log_level level, const char *text, char *out, size_t size)
{
    int ends[2], saved = dup(STDERR_FILENO);
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_write(level, "%s", text);
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(ends[1]);
    ssize_t n = read(ends[0], out, size - 1);
    out[n > 0 ? n : 0] = '\0';
    close(ends[0]);
}

static void test_lines(void)
{
    char out[4096], text[3000];
    capture(LOG_WARN, "two\nlines", out, sizeof out);
    CU_ASSERT_STRING_EQUAL(out, "tracker: warning: two lines\n");
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    capture(LOG_ERROR, text, out, sizeof out);
    CU_ASSERT_EQUAL(out[strlen(out) - 1], '\n');
    CU_ASSERT_EQUAL(strncmp(out, "tracker: error: xxx", 19), 0);
}

static void test_level(void)
{
    char out[100];
    enum log_level before = log_get_level();
    capture(LOG_DEBUG, "detail", out, sizeof out);
    CU_ASSERT_STRING_EQUAL(out, "");
    log_set_level(LOG_DEBUG);
    capture(LOG_DEBUG, "detail", out, sizeof out);
    CU_ASSERT_STRING_EQUAL(out, "tracker: debug: detail\n");
    log_set_level(before);
}

void suite_log(void)
{
    CU_pSuite suite = CU_add_suite("log", NULL, NULL);
    CU_add_test(suite, "one message is one line", test_lines);
    CU_add_test(suite, "messages above the level are dropped", test_level);
}
