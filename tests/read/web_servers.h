#ifndef TESTS_READ_WEB_SERVERS_H
#define TESTS_READ_WEB_SERVERS_H

#include <stdbool.h>
#include <sys/types.h>

/* The servers of tests/web/serve.py, running. */
struct web_servers {
    int open;    /* port of nginx: pages, redirects, robots.txt that forbids /forbidden */
    int trouble; /* its robots.txt answers 503 */
    int closed;  /* its robots.txt forbids this reader everything */
    int bad;     /* what misbehaves, by Python */
    pid_t pid;
    int input; /* they end when this is closed */
};

/* Starts them on a folder. */
bool web_servers_start(struct web_servers *servers, const char *folder);
void web_servers_stop(struct web_servers *servers);

#endif
