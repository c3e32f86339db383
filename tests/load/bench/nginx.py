"""nginx as the bench runs it: a configuration in which connections are kept without end."""

import pathlib

from bench.bodies import BODIES, FILLER
from bench.processes import Process, free_port

MODULES = "/usr/share/nginx/modules-available"
AROUND = """daemon off; worker_processes {workers}; pid {place}/pid; error_log {place}/error.log;
{modules}
worker_rlimit_nofile 20000;
events {{ worker_connections 16384; }}
http {{
server_tokens off; keepalive_requests 1000000000; keepalive_timeout 1h; default_type application/json;
access_log {log};
client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/fastcgi;
uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
{http}
}}
"""


def start(name, http, setting, *, modules=(), logs=True):
    """An nginx with HTTP in its `http { }`, where @PORT@ becomes the port it listens at; the process and the port."""
    place, port = setting.run.place(name), free_port()
    text = AROUND.format(
        place=place,
        workers=setting.workers,
        modules="".join(pathlib.Path(f"{MODULES}/mod-http-{module}.conf").read_text() for module in modules),
        log=f"{place}/access.log combined buffer=64k flush=200ms" if logs else "off",
        http=http.replace("@PORT@", str(port)),
    )
    (place / "nginx.conf").write_text(text)
    process = Process(name, ["nginx", "-c", place / "nginx.conf"], place / "access.log", setting.core)
    setting.run.enter(process).await_port(port)
    return process, port


def _location(target, body):
    # nginx takes no text above 4 KiB: long bodies are made of a variable.
    text = body.decode().replace(FILLER, "$f")
    return f"location = {target} {{ return 200 '{text}'; }}"


def start_services(setting):
    """One server that holds all bodies; its port."""
    locations = "\n".join(_location(target, body) for target, body in BODIES.items())
    server = f"server {{ listen 127.0.0.1:@PORT@ backlog=4096; set $f {FILLER};\n{locations}\n}}"
    return start("services", server, setting, logs=False)[1]
