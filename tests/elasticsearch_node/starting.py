"""A real Elasticsearch for tests: built once from Maven Central (pom.xml, src/), run in a process that ends with ours.

Needs Maven and a JDK 25, which is looked for in JAVA_HOME and where Linux keeps them. It runs as who we are, on
the loopback, with its data in a folder that is thrown away.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import IO

from scripts.processes import dies_with_parent
from scripts.services import READY_WITHIN, Unavailable

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "var" / "elasticsearch-node"
JAVA = 25  # the server's classes want 21; newer ones than this it has not been tried with
JVM = Path("/usr/lib/jvm")
OPTIONS = (
    *("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+AutoCreateSharedArchive"),
    *("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dlog4j2.disable.jmx=true"),
    *("-Xlog:disable", "-Xlog:all=error:stderr"),
)
STOP_WITHIN = 30.0  # seconds; the first one to stop writes the archive that lets the next start faster


def jdk() -> Path:
    """Return the folder of a JDK 25. Raises Unavailable."""
    given = os.environ.get("JAVA_HOME")
    for folder in [*([Path(given)] if given else []), *(sorted(JVM.iterdir()) if JVM.is_dir() else [])]:
        release = folder / "release"
        if release.exists() and f'JAVA_VERSION="{JAVA}' in release.read_text() and (folder / "bin" / "javac").exists():
            return folder
    raise Unavailable(f"no JDK {JAVA} in {JVM} or JAVA_HOME (Eclipse Temurin has one for every system)")


def maven() -> str:
    """Return the path of Maven. Raises Unavailable."""
    if found := shutil.which("mvn"):
        return found
    raise Unavailable("Maven is not installed (Debian: maven)")


def built() -> Path:
    """Return the folder with the node's classes and jars, built when the sources are new. Raises Unavailable."""
    java, program = jdk(), maven()
    sources = sorted([HERE / "pom.xml", *HERE.glob("src/**/*.java")])
    name = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # parallel workers of the suite need it once
        if not (CACHE / name).exists():
            half = CACHE / "half"
            shutil.rmtree(half, ignore_errors=True)
            command = [program, "--batch-mode", "--quiet", f"-Dnode.folder={half}", "process-classes"]
            done = subprocess.run(
                command,
                cwd=HERE,
                env=os.environ | {"JAVA_HOME": str(java)},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise Unavailable(f"Maven could not build the Elasticsearch of the tests:\n{done.stdout[-2000:]}")
            half.rename(CACHE / name)
    return CACHE / name


@contextmanager
def elasticsearch() -> Iterator[str]:
    """Run a node; yield its address. Raises Unavailable."""
    folder, java = built(), jdk()
    with tempfile.TemporaryDirectory(prefix="yishi-elasticsearch-", ignore_cleanup_errors=True) as home:
        archive = f"-XX:SharedArchiveFile={folder / 'classes.jsa'}"
        command = [str(java / "bin" / "java"), *OPTIONS, archive, "-cp", f"{folder / 'server'}/*", "yishi.Main", home]
        log = Path(home) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*command, str(folder / "transport")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                # A session of its own: Ctrl-C reaches us, and we stop it after those who use it.
                start_new_session=True,
                preexec_fn=dies_with_parent(signal.SIGTERM),
            )
        try:
            yield _address(process.stdout, log)
        finally:
            _end(process)


def _address(answer: IO[bytes] | None, log: Path) -> str:
    assert answer
    with DefaultSelector() as selector:
        selector.register(answer, EVENT_READ)
        line = answer.readline() if selector.select(READY_WITHIN) else b""
    if not line:
        raise Unavailable(f"the Elasticsearch of the tests does not come up:\n{log.read_text()[-2000:]}")
    return f"http://{json.loads(line)['http']}"


def _end(process: "subprocess.Popen[bytes]") -> None:
    # It runs until its input ends.
    try:
        process.communicate(timeout=STOP_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
