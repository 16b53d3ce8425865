#include <CUnit/CUnit.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/address.h"

void suite_address(void);

static const struct {
    const char *address;
    bool public;
} cases[] = {
    {"8.8.8.8", true},
    {"1.1.1.1", true},
    {"93.184.216.34", true},
    {"0.0.0.0", false},
    {"10.0.0.1", false},
    {"10.255.255.255", false},
    {"9.255.255.255", true},
    {"11.0.0.0", true},
    {"100.63.255.255", true},
    {"100.64.0.1", false},
    {"100.127.255.255", false},
    {"100.128.0.0", true},
    {"127.0.0.1", false},
    {"127.255.255.254", false},
    {"128.0.0.1", true},
    {"169.254.169.254", false}, /* where clouds keep their secrets */
    {"169.253.0.1", true},
    {"172.15.255.255", true},
    {"172.16.0.1", false},
    {"172.31.255.255", false},
    {"172.32.0.1", true},
    {"192.0.0.8", false},
    {"192.0.2.1", false},
    {"192.0.3.1", true},
    {"192.88.99.1", false},
    {"192.168.0.1", false},
    {"192.169.0.1", true},
    {"198.17.255.255", true},
    {"198.18.0.1", false},
    {"198.19.255.255", false},
    {"198.20.0.0", true},
    {"198.51.100.7", false},
    {"203.0.113.7", false},
    {"223.255.255.255", true},
    {"224.0.0.1", false},
    {"239.255.255.255", false},
    {"240.0.0.1", false},
    {"255.255.255.255", false},
    {"::", false},
    {"::1", false},
    {"::7f00:1", false},
    {"::ffff:127.0.0.1", false},
    {"::ffff:10.0.0.1", false},
    {"::ffff:8.8.8.8", true},
    {"64:ff9b::8.8.8.8", true},
    {"64:ff9b::192.168.0.1", false},
    {"64:ff9b:1::8.8.8.8", false},
    {"100::1", false},
    {"2001::1", false}, /* Teredo */
    {"2001:db8::1", false},
    {"2001:4860:4860::8888", true},
    {"2002:7f00:1::", false}, /* 6to4 of 127.0.0.1 */
    {"2002:808:808::1", true},
    {"2606:2800:220:1::1", true},
    {"3fff::1", false},
    {"5f00::1", false},
    {"fbff::1", true},
    {"fc00::1", false},
    {"fd12:3456::1", false},
    {"fe80::1", false},
    {"febf::1", false},
    {"fec0::1", false},
    {"ff02::1", false},
};

static void table(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sockaddr_in v4 = {.sin_family = AF_INET};
        struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
        bool is_v4 = inet_pton(AF_INET, cases[i].address, &v4.sin_addr) == 1;
        CU_ASSERT_FATAL(is_v4 || inet_pton(AF_INET6, cases[i].address, &v6.sin6_addr) == 1);
        bool public = address_is_public(is_v4 ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6);
        if (public != cases[i].public)
            printf("    %s\n", cases[i].address);
        CU_ASSERT(public == cases[i].public);
    }
}

static void other_families(void)
{
    const struct sockaddr local = {.sa_family = AF_UNIX};
    CU_ASSERT(!address_is_public(&local));
}

void suite_address(void)
{
    CU_pSuite suite = CU_add_suite("address", NULL, NULL);
    CU_add_test(suite, "table", table);
    CU_add_test(suite, "other families", other_families);
}
