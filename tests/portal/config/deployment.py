"""What `deploy/` ships, really run: both servers by their units' own command lines, nginx in front of them."""

import configparser
import datetime
import http.client
import os
import re
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parents[3]
HOST = "wen.example.gov.cn"
STARTS_WITHIN = 120.0  # seconds; a busy machine takes its time


class Deployment:
    """A machine as `docs/how-to/run-it.md` sets it up, below one folder and on ports of its own."""

    def __init__(self, folder, environment, background=()):
        self.folder = folder
        self.background = background
        self.var = folder / "var"
        self.environment = environment | {"YISHI_VAR": str(self.var)}
        self.ports = {name: free_port() for name in ("plain", "tls", "web", "live")}
        self.written = []
        self._processes = {}

    def __enter__(self):
        for name in ("static", "media", "private", "cache", "temp"):
            (self.var / name).mkdir(parents=True, exist_ok=True)
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, cwd=ROOT, env=os.environ | self.environment, check=True)
        try:
            self._start("web", unit_command("web", "8000", self.ports["web"]))
            self._start("live", unit_command("live", "8001", self.ports["live"]))
            for name in self.background:
                self._start(name, unit_command(name))
            self._start("nginx", ["nginx", "-c", str(self._nginx_settings()), "-g", "daemon off;"])
            for port in self.ports.values():
                self._wait_for(port)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *failure):
        for name in list(self._processes):
            self.stop(name)

    def pids(self):
        """The process ids by name; what they have started is below them."""
        return {name: process.pid for name, (process, _reader) in self._processes.items()}

    def stop(self, name):
        """End one process as systemd does; return after how many seconds it was gone."""
        process, reader = self._processes.pop(name)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
            process.wait()
        reader.join(5)
        return time.monotonic() - begun

    def ask(self, path, *, method="GET", body=None, tls=True, **headers):
        """Ask through the proxy as a browser does; return the answer, read."""
        if tls:
            connection = http.client.HTTPSConnection(
                "127.0.0.1",
                self.ports["tls"],
                context=ssl._create_unverified_context(),  # noqa: S323 — made a second ago
                timeout=20,
            )
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.ports["plain"], timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": HOST} | named)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def proxy_log(self):
        """What the proxy wrote, one line each."""
        logs = [self.folder / "yishi.log", self.folder / "yishi-error.log"]
        return [line for log in logs for line in log.read_text().splitlines()]

    def all_that_was_written(self):
        """The lines of all processes, once nobody has written for a moment."""
        before = -1
        while before != (before := len(self.written) + len(self.proxy_log())):
            time.sleep(0.3)
        return "\n".join([line for _name, line in self.written] + self.proxy_log())

    def _nginx_settings(self):
        write_certificate(self.folder)
        sample = (ROOT / "deploy/nginx/yishi.conf").read_text()
        sample = re.sub(r".*listen \[::\].*\n", "", sample)
        for old, new in {
            "listen 80;": f"listen 127.0.0.1:{self.ports['plain']};",
            "listen 443 ": f"listen 127.0.0.1:{self.ports['tls']} ",
            "127.0.0.1:8000": f"127.0.0.1:{self.ports['web']}",
            "127.0.0.1:8001": f"127.0.0.1:{self.ports['live']}",
            "/var/lib/yishi": str(self.var),
            "/etc/ssl/yishi": str(self.folder),
            "/var/log/nginx": str(self.folder),
            "/var/cache/nginx/yishi": str(self.var / "cache"),
        }.items():
            assert old in sample, old
            sample = sample.replace(old, new)
        temporary = "".join(
            f"{kind}_temp_path {self.var / 'temp' / kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        frame = self.folder / "nginx.conf"
        frame.write_text(
            f"{'user root;' if os.geteuid() == 0 else ''}\npid {self.folder}/nginx.pid;\nerror_log stderr;\n"
            f"events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\n{temporary}{sample}\n}}\n"
        )
        return frame

    def _start(self, name, command):
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        reader = threading.Thread(target=self._read, args=(name, process), daemon=True)
        reader.start()
        self._processes[name] = (process, reader)

    def _read(self, name, process):
        for line in process.stdout:
            self.written.append((name, line.rstrip("\n")))

    def _wait_for(self, port):
        end = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                assert time.monotonic() < end, self.written
                assert all(process.poll() is None for process, _ in self._processes.values()), self.written
                time.sleep(0.1)


def unit_command(name, shipped_port="", port=0):
    """The command line of a unit, from this checkout and on another port, if it listens on one."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(ROOT / f"deploy/systemd/yishi-{name}.service")
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert shipped_port in ("", *arguments)
    own = str(Path(sys.executable).parent / Path(program).name)
    return [own, *(str(port) if argument == shipped_port else argument for argument in arguments)]


def write_certificate(folder):
    """A certificate that nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def free_port():
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
