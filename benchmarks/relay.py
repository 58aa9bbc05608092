"""The line between a phone and the server: counts every byte that comes down it, and can be cut."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from benchmarks.wire import HOST

CHUNK = 64 * 1024


class Relay:
    """Listens on a port of its own and passes everything on, until it is cut."""

    def __init__(self, port: int) -> None:
        self.beyond = port
        self.listener = socket.create_server((HOST, 0))
        self.port = self.listener.getsockname()[1]
        self.down, self.connections, self.is_cut = 0, 0, False
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self.listener.accept()
                self._connect(phone)

    def _connect(self, phone: socket.socket) -> None:
        with self.lock:
            if self.is_cut:
                phone.close()
                return
            try:
                server = socket.create_connection((HOST, self.beyond))
            except OSError:  # Whoever is beyond is not there just now.
                phone.close()
                return
            self.connections += 1
            self.open |= {phone, server}
        for source, target in ((phone, server), (server, phone)):
            threading.Thread(target=self._pass_on, args=(source, target, target is phone), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_down: bool) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                target.sendall(data)
                if is_down:
                    with self.lock:
                        self.down += len(data)
        self._end(source, target)

    def _end(self, *ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """From now on nothing passes."""
        with self.lock:
            self.is_cut = True
            self._end(*self.open)

    def mend(self) -> None:
        """There is signal again."""
        with self.lock:
            self.is_cut = False

    def close(self) -> None:
        """Hangs up."""
        self.cut()
        self._end(self.listener)
        self.listener.close()
        for end in self.open:
            end.close()
