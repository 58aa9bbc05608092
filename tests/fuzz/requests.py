"""One request as a server hands it on, and the reply to it: no client is between that would tidy it up."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote_from_bytes

from tests.fuzz import values

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "\u0080")
TYPES = (
    FORM, JSON, "text/plain", "", "multipart/form-data", "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    f"{FORM}; charset=nonsense", "application/xml", "a" * 3000, "multipart/form-data; boundary=" + "y" * 300,
)  # fmt: skip
HEADERS = (
    ("HTTP_HOST", ("localhost", "127.0.0.1", "nowhere.example", "localhost:99999", "", "a b", "[::1", "localhost\0")),
    ("HTTP_ORIGIN", ("http://localhost", "null", "https://elsewhere.example", "", "\xff")),
    ("HTTP_SEC_FETCH_SITE", ("same-origin", "none", "cross-site", "", "nonsense")),
    ("HTTP_CONTENT_LANGUAGE", ("pl", "xx", "en, pl", "\xff" * 9, "a" * 4000)),
    ("HTTP_ACCEPT_LANGUAGE", ("ar", "xx;q=9", "," * 500, "a-" * 300)),
    ("HTTP_ACCEPT_ENCODING", ("gzip", "br;q=x", "*", "identity;q=0")),
    ("HTTP_IF_NONE_MATCH", ("*", '"a"', "W/", '"' * 300)),
    ("HTTP_IF_MODIFIED_SINCE", ("Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Jan 99999 00:00:00 GMT", "now")),
    ("HTTP_RANGE", ("bytes=0-1", "bytes=-9999999999999999", "bytes=a-b", "lines=1")),
    ("HTTP_X_FORWARDED_FOR", ("192.0.2.1", "::1, 2001:db8::1", "nonsense", "," * 99)),
    ("HTTP_COOKIE", ("sessionid=abcdefgh\0ijkl", "sessionid=" + "a" * 32, "csrftoken=\xff", "=;=;" * 200, "a" * 5000)),
    ("HTTP_CONTENT_ENCODING", ("gzip", "br")),
    ("HTTP_TRANSFER_ENCODING", ("chunked",)),
    ("HTTP_X_HTTP_METHOD_OVERRIDE", ("DELETE",)),
    ("HTTP_REFERER", ("https://elsewhere.example/" + "a" * 3000, "\xff")),
    ("HTTP_USER_AGENT", ("", "a" * 9000, "\xff\0")),
    ("CONTENT_LENGTH", ("", "-1", "1", "0", "９", "1e9", "99999999999999999999", "abc")),
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """What is sent, and which input it is meant for."""

    input: str
    method: str
    path: bytes
    query: bytes = b""
    body: bytes = b""
    type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    # What an input is known to expect of a reply; see looking.py.
    about: dict[str, object] = field(default_factory=dict)

    def environ(self) -> dict[str, object]:
        """The request as WSGI writes it."""
        return {
            "REQUEST_METHOD": self.method, "SCRIPT_NAME": "", "PATH_INFO": self.path.decode("latin-1"),
            "QUERY_STRING": self.query.decode("latin-1"), "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.9", "HTTP_HOST": "localhost",
            "CONTENT_TYPE": self.type, "CONTENT_LENGTH": str(len(self.body)), "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(self.body), "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False, **self.headers,
        }  # fmt: skip

    def said(self) -> str:
        """One line from which it can be made again by hand."""
        head = f"{self.method!r} {quote_from_bytes(self.path)}?{quote_from_bytes(self.query)} type={self.type[:60]!r}"
        return f"{self.input}: {head} {self.headers} {self.body[:300]!r}{'…' if len(self.body) > 300 else ''}"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def send(application: Callable, request: Request) -> Reply:
    """The reply of our server to a request."""
    begun: list = []
    parts = application(request.environ(), lambda status, headers, *_: begun.append((status, headers)))
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    status, headers = begun[-1]
    return Reply(int(status.split()[0]), dict(headers), body)


def worse(chance: random.Random, request: Request) -> Request:
    """The same request with something about it, apart from what it says, as nobody expects it."""
    match chance.randrange(6):
        case 0:
            return replace(request, method=chance.choice(METHODS))
        case 1:
            return replace(request, type=chance.choice(TYPES))
        case 2:
            return replace(request, query=values.damaged(chance, b"q=1&to=pl&page=2&code=abc&next=//x"))
        case 3:
            return replace(request, path=values.damaged(chance, request.path))
        case 4:
            return replace(request, body=values.damaged(chance, request.body))
        case _:
            name, offered = chance.choice(HEADERS)
            return replace(request, headers={**request.headers, name: chance.choice(offered)})
