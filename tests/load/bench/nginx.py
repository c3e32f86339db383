"""nginx as the bench runs it: a configuration around SERVERS, one worker, connections kept without end."""

from bench.bodies import BODIES, FILLER
from bench.processes import Process, free_port

AROUND = """daemon off; worker_processes {workers}; pid {place}/pid; error_log {place}/error.log;
{modules}
events {{ worker_connections 20000; }}
http {{
server_tokens off;
keepalive_requests 1000000000; keepalive_timeout 1h; default_type application/json; {log}
client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/fastcgi;
uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
{http}
}}
"""


def start(name, http, run, *, core=None, workers=1, modules="", log="access_log off;"):
    """An nginx whose configuration holds HTTP inside `http { }`, and @PORT@ where it listens; and its port."""
    place, port = run.place(name), free_port()
    text = AROUND.format(
        place=place, workers=workers, modules=modules, log=log.replace("@PLACE@", str(place)),
        http=http.replace("@PORT@", str(port)),
    )
    (place / "nginx.conf").write_text(text)
    process = run.enter(Process(name, ["nginx", "-c", place / "nginx.conf"], place / "log", core))
    process.await_port(port)
    return process, port


def _location(target, body):
    # nginx takes no text above 4 KiB: long bodies are made of a variable.
    text = body.decode().replace(FILLER, "$filler")
    return f"location = {target} {{ return 200 '{text}'; }}"


def services_http():
    locations = "\n".join(_location(target, body) for target, body in BODIES.items())
    return f"server {{ listen 127.0.0.1:@PORT@ backlog=4096; set $filler {FILLER};\n{locations}\n}}"
