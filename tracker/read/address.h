#ifndef TRACKER_READ_ADDRESS_H
#define TRACKER_READ_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/* Whether an address is one of the public internet: not loopback, private, link-local, shared,
 * multicast, for documentation or otherwise special (IANA's registries of special-purpose
 * addresses, RFC 6890), neither as such nor inside an IPv6 address that carries an IPv4 one
 * (mapped, NAT64, 6to4). A page may not make the tracker ask machines beside it. */
bool address_is_public(const struct sockaddr *address);

#endif
