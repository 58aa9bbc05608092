"""A GOV.UK Notify of our own, on this machine, that takes text messages and says what became of them."""

import json
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

# A name, the number of a service and a key, all invented.
KEY = f"tests-{uuid.UUID(int=1)}-{uuid.UUID(int=2)}"
TEMPLATE = str(uuid.UUID(int=3))


class Notify:
    """What it was sent, and how it answers: `refuses` with a status, and each message has a `status`."""

    def __init__(self):
        self.sent, self.asked, self.refuses, self.status = [], 0, None, "delivered"


@contextmanager
def notify(settings):
    """Runs one, and points the settings at it."""
    fake = Notify()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            if fake.refuses:
                # What it says of a request that failed holds the number.
                return self.answers(fake.refuses, {"errors": [{"error": "BadRequestError", "message": "07700 900123"}]})
            fake.sent.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            return self.answers(201, {"id": str(uuid.UUID(int=100 + len(fake.sent)))})

        def do_GET(self):
            fake.asked += 1
            self.answers(200, {"id": self.path.rpartition("/")[2], "status": fake.status})

        def answers(self, status, body):
            written = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.EARSHOT_NOTIFY_API_KEY, settings.EARSHOT_NOTIFY_TEMPLATE = KEY, TEMPLATE
    settings.EARSHOT_NOTIFY_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
