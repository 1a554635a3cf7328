"""A line to a server on this machine that can be cut, so that the server seems to have been stopped."""

import socket
import threading
from contextlib import suppress


class Line:
    """Passes on what is sent, both ways. While it is cut everybody is refused at once.

    target: host and port of the server. port: where the line is entered; it stays the same.
    """

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = self._listening(0)
        self.port: int = self._listener.getsockname()[1]

    def cut(self) -> None:
        """Refuse everybody, and hang up on those who are connected."""
        with self._lock:
            ends = [self._listener, *self._open]
            self._open.clear()
        for end in ends:
            _hang_up(end)

    def mend(self) -> None:
        """Pass on again."""
        self._listener = self._listening(self.port)

    def _listening(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._answer, args=(listener,), daemon=True).start()
        return listener

    def _answer(self, listener: socket.socket) -> None:
        with suppress(OSError):  # it was cut
            while True:
                caller, _address = listener.accept()
                server = socket.create_connection(self._target)
                with self._lock:
                    self._open |= {caller, server}
                for end, other in ((caller, server), (server, caller)):
                    threading.Thread(target=self._pass_on, args=(end, other), daemon=True).start()

    def _pass_on(self, end: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while sent := end.recv(65536):
                other.sendall(sent)
        with self._lock:
            self._open -= {end, other}
        _hang_up(end)
        _hang_up(other)


def _hang_up(end: socket.socket) -> None:
    # Only shutting down wakes a thread that waits in it.
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
