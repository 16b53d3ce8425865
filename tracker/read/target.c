#include "read/target.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

void target_free(struct target *target)
{
    curl_free(target->url);
    curl_free(target->host);
    free(target->path);
    free(target->origin);
    *target = (struct target){0};
}

static char *joined(const char *a, const char *b, const char *c, const char *d)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + strlen(d) + 1;
    char *text = malloc(size);
    if (text)
        snprintf(text, size, "%s%s%s%s", a, b, c, d);
    return text;
}

/* The parts of `parsed`; false when it lacks one or memory is out. */
static bool target_fill(CURLU *parsed, struct target *out, bool *web)
{
    char *scheme = NULL, *port = NULL, *path = NULL, *query = NULL;
    bool ok = curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_HOST, &out->host, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_PATH, &path, 0) == CURLUE_OK &&
              curl_url_get(parsed, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
    *web = scheme && (strcasecmp(scheme, "http") == 0 || strcasecmp(scheme, "https") == 0);
    if (ok && *web) {
        curl_url_get(parsed, CURLUPART_QUERY, &query, 0);
        out->path = joined(path, query ? "?" : "", query ? query : "", "");
        char *start = joined(scheme, "://", out->host, ":");
        out->origin = start ? joined(start, port, "", "") : NULL;
        free(start);
        ok = out->path && out->origin &&
             curl_url_set(parsed, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
             curl_url_set(parsed, CURLUPART_USER, NULL, 0) == CURLUE_OK &&
             curl_url_set(parsed, CURLUPART_PASSWORD, NULL, 0) == CURLUE_OK &&
             curl_url_get(parsed, CURLUPART_URL, &out->url, 0) == CURLUE_OK;
    }
    curl_free(scheme);
    curl_free(port);
    curl_free(path);
    curl_free(query);
    return ok && *web;
}

int target_parse(const char *base, const char *url, struct target *out, struct error *err)
{
    CURLU *parsed = curl_url();
    bool web = true;
    *out = (struct target){0};
    bool ok = parsed && (!base || curl_url_set(parsed, CURLUPART_URL, base, 0) == CURLUE_OK) &&
              curl_url_set(parsed, CURLUPART_URL, url,
                           CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE) == CURLUE_OK &&
              target_fill(parsed, out, &web);
    curl_url_cleanup(parsed);
    if (ok)
        return 0;
    target_free(out);
    return error_set(err, ERROR_INPUT,
                     web ? "%s: no address of the web" : "%s: only http and https are read", url);
}
