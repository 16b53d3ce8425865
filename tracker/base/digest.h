#ifndef TRACKER_BASE_DIGEST_H
#define TRACKER_BASE_DIGEST_H

#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"

#define DIGEST_SIZE 32

/* A SHA-256 digest (FIPS 180-4, by libcrypto). */
struct digest {
    unsigned char bytes[DIGEST_SIZE];
};

/* Hashes the concatenation of `n` parts, each preceded by its length as 8 bytes big-endian, so that
 * ("ab", "c") and ("a", "bc") differ. */
struct digest digest_of(const struct slice *parts, size_t n);

/* The plain SHA-256 of bytes, as sha256sum prints it. */
struct digest digest_bytes(const void *bytes, size_t len);

/* The id made of a digest: its first 63 bits as a positive number, never 0. Equal ids with unequal
 * digests are an error of the caller's to detect; the full digest is stored beside it. */
int64_t digest_id(const struct digest *digest);

/* 64 lower-case hex digits and a NUL. */
void digest_hex(const struct digest *digest, char out[2 * DIGEST_SIZE + 1]);

#endif
