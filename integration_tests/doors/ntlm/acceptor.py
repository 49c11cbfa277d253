"""NTLM by pyspnego before a plant: one context of security for each connection, as HTTP.sys
has it. Every door is a port of its own and differs in one thing.

usage: NTLM_USER_FILE=FILE python acceptor.py PLANT     prints {"kept": PORT, ...}
GET /counts at the door "counts" tells what each door has answered.
"""

import base64
import http.client
import http.server
import json
import sys
import threading
import urllib.parse

import spnego

PLANT = urllib.parse.urlsplit(sys.argv[1])
COUNTS = {}
LOCK = threading.Lock()

DOORS = {
    # A connection stays signed in.
    "kept": {},
    # Every answer that lets in is the last one of its connection.
    "closing": {"closes": ("content",)},
    # The connection ends behind the challenge, so that nobody can answer it.
    "apart": {"closes": ("challenge",)},
    # Never a challenge, whatever comes.
    "bare": {"bare": True},
    # Other schemes alone.
    "other": {"offers": ("Negotiate", 'Basic realm="plant"')},
    "counts": {},
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.context = None
        self.user = None
        self.count("connection")

    @property
    def rules(self):
        return DOORS[self.server.door]

    def count(self, what):
        with LOCK:
            door = COUNTS.setdefault(self.server.door, {})
            door[what] = door.get(what, 0) + 1

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.door == "counts":
            return self.answer(200, json.dumps(COUNTS).encode(), {})
        if self.user is None and not self.signs_in():
            return None
        self.count("content")
        return self.forward(body)

    do_POST = do_GET

    def signs_in(self):
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        offers = self.rules.get("offers", ("Negotiate", "NTLM"))
        if scheme != "NTLM" or self.rules.get("bare") or "offers" in self.rules:
            return self.refuse("offer", *offers)
        message = base64.b64decode(token)
        try:
            if self.context is None or message[8:9] == b"\x01":
                options = spnego.NegotiateOptions.use_ntlm
                self.context = spnego.server(protocol="ntlm", options=options)
            reply = self.context.step(message)
        except Exception:  # a wrong password ends here
            self.context = None
            return self.refuse("refusal", *offers)
        if self.context.complete:
            self.user = self.context.client_principal
            # 24 bytes would be the first version of NTLM.
            self.count("v2" if int.from_bytes(message[20:22], "little") > 24 else "v1")
            self.count(self.user)
            return True
        return self.refuse("challenge", "NTLM " + base64.b64encode(reply).decode())

    def refuse(self, what, *offers):
        self.count(what)
        self.closing(what)
        data = b'{"Message":"Authorization has been denied for this request."}'
        self.answer(401, data, {"WWW-Authenticate": ", ".join(offers)})
        return False

    def closing(self, what):
        if what in self.rules.get("closes", ()):
            self.close_connection = True

    def forward(self, body):
        plant = http.client.HTTPConnection(PLANT.hostname, PLANT.port)
        headers = dict(self.headers.items())
        headers.pop("Authorization", None)
        headers.pop("Connection", None)
        plant.request(self.command, self.path, body or None, headers)
        got = plant.getresponse()
        data = got.read()
        dropped = ("transfer-encoding", "content-length", "connection", "keep-alive")
        kept = {k: v for k, v in got.getheaders() if k.lower() not in dropped}
        plant.close()
        self.closing("content")
        self.answer(got.status, data, kept)

    def answer(self, status, data, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def serve(door):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.door = door
    threading.Thread(target=server.serve_forever).start()
    return server.server_port


print(json.dumps({door: serve(door) for door in DOORS}), flush=True)
