#include "base/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

/* SHA-256 from libcrypto cannot fail on valid arguments; without memory for its context there is no
 * digest and no way on, and a wrong digest would be stored as an identity. */
static void must(int ok)
{
    if (ok != 1)
        abort();
}

static EVP_MD_CTX *start(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    must(context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
    return context;
}

static struct digest finish(EVP_MD_CTX *context)
{
    struct digest digest;
    must(EVP_DigestFinal_ex(context, digest.bytes, NULL));
    EVP_MD_CTX_free(context);
    return digest;
}

struct digest digest_of(const struct slice *parts, size_t n)
{
    EVP_MD_CTX *context = start();
    for (size_t i = 0; i < n; i++) {
        unsigned char length[8];
        for (int b = 0; b < 8; b++)
            length[b] = (unsigned char)((uint64_t)parts[i].len >> (56 - 8 * b));
        must(EVP_DigestUpdate(context, length, sizeof length));
        if (parts[i].len)
            must(EVP_DigestUpdate(context, parts[i].ptr, parts[i].len));
    }
    return finish(context);
}

struct digest digest_bytes(const void *bytes, size_t len)
{
    EVP_MD_CTX *context = start();
    if (len)
        must(EVP_DigestUpdate(context, bytes, len));
    return finish(context);
}

int64_t digest_id(const struct digest *digest)
{
    uint64_t id = 0;
    for (int i = 0; i < 8; i++)
        id = id << 8 | digest->bytes[i];
    id >>= 1;
    return id ? (int64_t)id : 1;
}

void digest_hex(const struct digest *digest, char out[2 * DIGEST_SIZE + 1])
{
    for (int i = 0; i < DIGEST_SIZE; i++) {
        out[2 * i] = "0123456789abcdef"[digest->bytes[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest->bytes[i] & 15];
    }
    out[2 * DIGEST_SIZE] = '\0';
}
