#!/usr/bin/env python3
"""Web servers for the tests, on free ports of 127.0.0.1: nginx with a configuration of its own, as
whoever runs this, and beside it what nginx will not do on demand. `serve.py DIR` keeps everything in
DIR (pages in DIR/www), prints the four ports in a line and serves until its standard input ends."""
import gzip, http.server, os, socket, subprocess, sys, threading, time

STORY = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
<meta property="article:published_time" content="2025-03-18T09:00:00+02:00"></head><body><article>
<h1>%s</h1><p>%s</p><p>Rescue teams went on searching the ruins until the evening, the regional
administration said, and two schools nearby stay closed for the week.</p></article></body></html>"""

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Loop Gazette</title>
<link>http://127.0.0.1:%(port)d/</link>
<item><title>Sumy</title><link>http://127.0.0.1:%(port)d/page.html?utm_source=feed</link>
<description>Short.</description></item>
<item><title>Sumy again</title><link>http://127.0.0.1:%(port)d/page.html</link></item>
<item><title>Drone attack on Kharkiv</title><link>http://127.0.0.1:%(port)d/gone.html</link>
<description>Two people were killed in Kharkiv by a drone.</description></item>
<item><link>http://127.0.0.1:%(port)d/forbidden/a.html</link></item>
</channel></rss>"""

FEED_OF = """<rss version="2.0"><channel><title>Loop Gazette</title><item><guid>g-1</guid>
<title>A missile hit Sumy</title><link>%s</link><description>In short.</description>%s</item></channel></rss>"""

CONFIG = """daemon off; master_process off; worker_processes 1;
pid %(dir)s/nginx.pid; error_log %(dir)s/error.log;
events { worker_connections 64; }
http {
  access_log %(dir)s/access.log;
  client_body_temp_path %(dir)s/t1; proxy_temp_path %(dir)s/t2; fastcgi_temp_path %(dir)s/t3;
  uwsgi_temp_path %(dir)s/t4; scgi_temp_path %(dir)s/t5;
  types { text/html html; application/rss+xml xml; text/plain txt; image/png png; }
  default_type application/x-unknown;
  absolute_redirect off;
  root %(dir)s/www;
  server {
    listen 127.0.0.1:%(open)d;
    location /packed { gzip on; gzip_min_length 1; alias %(dir)s/www/page.html;
                       default_type text/html; }
    location /bomb { alias %(dir)s/bomb; default_type text/html; add_header Content-Encoding gzip; }
    location /cyrillic { alias %(dir)s/cyrillic; default_type "text/html; charset=windows-1251"; }
    location /relative/ { return 302 ../page.html; }
    location /moved { return 301 /page.html; }
    location /loop { return 302 /loop; }
    location /inside { return 302 http://localhost:%(open)d/page.html; }
    location /file { return 302 file:///etc/hostname; }
    location /spaced { return 302 "/a b.html"; }
  }
  server { listen 127.0.0.1:%(trouble)d; location = /robots.txt { return 503; } }
  server { listen 127.0.0.1:%(closed)d;
           location = /robots.txt { return 200 "User-agent: strike-tracker\\nDisallow: /\\n"; } }
}
"""


class Misbehaviour(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def head(self, status, *fields):
        self.send_response(status)
        self.send_header("Connection", "close")
        for name, value in fields:
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True

    def do_GET(self):
        try:
            getattr(self, self.path[1:], lambda: self.head(404, ("Content-Length", "0")))()
        except OSError:
            pass  # the client had enough

    def drip(self):
        self.head(200, ("Content-Type", "text/html"))
        while True:
            self.wfile.write(b".")
            time.sleep(0.1)

    def endless(self):
        self.head(200, ("Content-Type", "text/html"))
        while True:
            self.wfile.write(b"<p>more</p>" * 1000)

    def cut(self):
        self.head(200, ("Content-Type", "text/html"), ("Content-Length", "5000"))
        self.wfile.write(b"<p>The first words")

    def busy(self):
        self.head(429, ("Retry-After", "70"), ("Content-Length", "0"))

    def silent(self):
        time.sleep(30)

    def headers_without_end(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X-Filler: " + b"x" * 1000 + b"\r\n")


def free_ports(n):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def write(path, data):
    with open(path, "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())


def pages(folder, port, troubled):
    www = folder + "/www"
    os.makedirs(www + "/forbidden", exist_ok=True)
    sumy = ("Three killed in Sumy", "Three killed in Sumy",
            "Three people were killed and five wounded when a missile hit Sumy on 17 March 2025.")
    write(www + "/page.html", STORY % sumy)
    canonical = '<link rel="canonical" href="%s"><title>'
    write(www + "/foreign.html",
          (STORY % sumy).replace("<title>", canonical % "https://other.example/news/1"))
    write(www + "/own.html", (STORY % sumy).replace("<title>", canonical % "/news/own"))
    write(www + "/bare.html", "<html><body><nav>Home</nav></body></html>")
    write(www + "/trouble.xml", FEED_OF % ("http://127.0.0.1:%d/x" % troubled, ""))
    write(www + "/undated.xml", FEED_OF % ("http://127.0.0.1:%d/undated.html" % port,
          "<pubDate>Tue, 18 Mar 2025 07:30:00 GMT</pubDate>"))
    write(www + "/undated.html", "<html><body><article><p>%s</p></article></body></html>" % sumy[2])
    write(www + "/bare.xml", FEED_OF % ("http://127.0.0.1:%d/bare.html" % port, ""))
    write(www + "/a b.html", STORY % sumy)
    write(www + "/forbidden/a.html", STORY % sumy)
    write(www + "/robots.txt", "User-agent: *\nDisallow: /forbidden\n")
    write(www + "/feed.xml", FEED % {"port": port})
    write(www + "/picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    write(www + "/note.txt", "Four people were killed in Kherson on 16 March 2025, the mayor said.\n")
    write(www + "/odd.bin", "no type that anyone reads\n")
    write(folder + "/bomb", gzip.compress(b"<p>" + bytes(64 << 20)))
    write(folder + "/cyrillic", "<html><body><p>Обстріл Херсона</p></body></html>".encode("cp1251"))


def start_nginx(folder, ports):
    names = dict(zip(("open", "trouble", "closed"), ports))
    write(folder + "/nginx.conf", CONFIG % dict(names, dir=folder))
    binary = next(p for p in ("/usr/sbin/nginx", "/usr/local/sbin/nginx", "nginx")
                  if "/" not in p or os.access(p, os.X_OK))
    nginx = subprocess.Popen([binary, "-p", folder, "-c", folder + "/nginx.conf",
                              "-e", folder + "/error.log"], stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", ports[0])).close()
            return nginx
        except OSError:
            time.sleep(0.05)
            if nginx.poll() is not None:
                break
    nginx.kill()
    return None  # a port was taken meanwhile


def main():
    folder = os.path.abspath(sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Misbehaviour)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for _ in range(3):
        ports = free_ports(3)
        pages(folder, ports[0], ports[1])
        nginx = start_nginx(folder, ports)
        if nginx:
            break
    else:
        sys.exit("nginx does not start: " + open(folder + "/error.log").read())
    try:
        print(*ports, server.server_port, flush=True)
        sys.stdin.read()
    finally:
        nginx.kill()
        nginx.wait()


main()
