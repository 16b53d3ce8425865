#include "web_servers.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

bool web_servers_start(struct web_servers *servers, const char *folder)
{
    int in[2], out[2];
    *servers = (struct web_servers){0};
    if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
        return false;
    servers->pid = fork();
    if (servers->pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execlp("python3", "python3", "tests/web/serve.py", folder, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    servers->input = in[1];
    FILE *lines = fdopen(out[0], "r");
    bool ok = lines && fscanf(lines, "%d %d %d %d", &servers->open, &servers->trouble,
                              &servers->closed, &servers->bad) == 4;
    if (lines)
        fclose(lines);
    return ok;
}

void web_servers_stop(struct web_servers *servers)
{
    close(servers->input);
    waitpid(servers->pid, NULL, 0);
}
