"""A mail server on the loopback that says what a test wants it to say."""

import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """Keeps the messages it was handed.

    rcpt, data: the replies to those commands. on_message: called with a whole message before the
    reply to it is sent: the moment between hand-over and record.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.rcpt = "250 OK"
        self.data = "250 OK"
        self.on_message: Callable[[], None] = lambda: None
        owner = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                owner._talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]

    def _talk(self, session: socketserver.StreamRequestHandler) -> None:
        def say(reply: str) -> None:
            session.wfile.write(f"{reply}\r\n".encode())

        say("220 stub")
        while line := session.rfile.readline():
            command = line.decode().strip().upper()
            if command.startswith("RCPT"):
                say(self.rcpt)
            elif command == "DATA":
                say("354 go on")
                self._receive(session)
                say(self.data)
            elif command == "QUIT":
                say("221 bye")
                return
            else:
                say("250 OK")

    def _receive(self, session: socketserver.StreamRequestHandler) -> None:
        lines = []
        while (line := session.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.messages.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        self.on_message()
