"""A virus scanner that speaks clamd's protocol and knows one virus."""

import socketserver
import struct
import threading
from contextlib import contextmanager

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        self.wfile.write(self.answer(command) + b"\0")

    def answer(self, command: bytes) -> bytes:
        if command == b"zPING\0":
            return b"PONG"
        heard = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            heard += self.rfile.read(size)
            if self.server.most and len(heard) > self.server.most:
                return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if VIRUS in heard else b"stream: OK"


class TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address = True, True


class UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def running(path=None, most: int = 0):
    """The scanner's address while it runs; it takes at most `most` bytes."""
    server = UnixServer(str(path), Talk) if path else TcpServer(("127.0.0.1", 0), Talk)
    server.most = most
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    try:
        yield f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
