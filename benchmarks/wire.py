"""HTTP on a plain socket, so that every byte is counted and the client costs little beside the server."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

HOST = "127.0.0.1"
PATIENCE = 60


@dataclass(frozen=True)
class Reply:
    """One reply, and how many bytes it was on the wire, head and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    size: int


class ConnectionLost(ConnectionError):
    """Raised when the server hung up before the whole reply had come."""


class Line:
    """A connection that stays open between requests, as a phone's does."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        # A phone's system sends a whole request at once; waiting for more would only measure the waiting.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.incoming = self.socket.makefile("rb")

    def ask(self, request: bytes) -> Reply:
        """Sends a request and reads the reply to its last byte."""
        self.socket.sendall(request)
        head = self._head()
        status = int(head[0].split()[1])
        fields = (line.decode("latin-1").partition(":") for line in head[1:-1])
        headers = {name.lower(): value.strip() for name, _, value in fields}
        body, framing = self._body(headers)
        return Reply(status, headers, body, sum(map(len, head)) + len(body) + framing)

    def _head(self) -> list[bytes]:
        lines = [_line(self.incoming)]
        while lines[-1] != b"\r\n":
            lines.append(_line(self.incoming))
        return lines

    def _body(self, headers: Mapping[str, str]) -> tuple[bytes, int]:
        """The body, and the bytes of its framing."""
        if headers.get("transfer-encoding") != "chunked":
            return _exactly(self.incoming, int(headers.get("content-length", 0))), 0
        parts, framing = [], 0
        while True:
            size = _line(self.incoming)
            parts.append(_exactly(self.incoming, int(size, 16)))
            framing += len(size) + len(_line(self.incoming))
            if not parts[-1]:
                return b"".join(parts), framing

    def close(self) -> None:
        """Hangs up."""
        self.incoming.close()
        self.socket.close()


def _line(incoming: BinaryIO) -> bytes:
    line = incoming.readline()
    if not line.endswith(b"\n"):
        raise ConnectionLost("The server hung up.")
    return line


def _exactly(incoming: BinaryIO, size: int) -> bytes:
    read = incoming.read(size)
    if len(read) < size:
        raise ConnectionLost("The server hung up.")
    return read


def request(method: str, path: str, *, port: int, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    if body:
        headers = {**headers, "Content-Length": str(len(body))}
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{fields}\r\n".encode() + body
