#include "read/address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

static const struct {
    uint32_t network;
    int bits;
} special_v4[] = {
    {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
    {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16},
    {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4},
};

static bool is_public_v4(uint32_t address)
{
    for (size_t i = 0; i < sizeof special_v4 / sizeof *special_v4; i++)
        if ((address ^ special_v4[i].network) >> (32 - special_v4[i].bits) == 0)
            return false;
    return true;
}

static const struct {
    unsigned char network[16];
    int bits;
} special_v6[] = {
    {{0}, 96}, /* unspecified, loopback and the old compatible addresses */
    {{0x01}, 64},
    {{0x20, 0x01}, 23}, /* protocols: Teredo, ORCHID and others */
    {{0x20, 0x01, 0x0D, 0xB8}, 32},
    {{0x3F, 0xFF}, 20},
    {{0x5F}, 16},
    {{0xFC}, 7},
    {{0xFE, 0x80}, 10},
    {{0xFE, 0xC0}, 10},
    {{0xFF}, 8},
};

static bool begins(const unsigned char *address, const unsigned char *network, int bits)
{
    int bytes = bits / 8, rest = bits % 8;
    return memcmp(address, network, (size_t)bytes) == 0 &&
           (!rest || (address[bytes] ^ network[bytes]) >> (8 - rest) == 0);
}

static uint32_t v4_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_public_v6(const unsigned char *address)
{
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    static const unsigned char nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    static const unsigned char nat64_local[6] = {0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01};
    static const unsigned char six_to_four[2] = {0x20, 0x02};
    if (begins(address, mapped, 96) || begins(address, nat64, 96))
        return is_public_v4(v4_at(address + 12));
    if (begins(address, nat64_local, 48))
        return false;
    if (begins(address, six_to_four, 16))
        return is_public_v4(v4_at(address + 2));
    for (size_t i = 0; i < sizeof special_v6 / sizeof *special_v6; i++)
        if (begins(address, special_v6[i].network, special_v6[i].bits))
            return false;
    return true;
}

bool address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return is_public_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return is_public_v6(v6.sin6_addr.s6_addr);
    }
    return false;
}
