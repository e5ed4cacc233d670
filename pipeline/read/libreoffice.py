"""LibreOffice, where it is installed, as a converter of single files that nothing can escape from.

It runs in a process of its own, on a profile of its own in a folder that is removed afterwards, without macros, without
links that it would follow, without a network where the system lets it be taken away, within a bound of time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from pipeline.rejects import Reject

SECONDS = 45
"""Time that it has for a file: below what a worker has (`bounds.LEAST_SECONDS`), so that it is never left behind."""

MISSING = "libreoffice_missing"
"""The code of files that wait for it to be installed."""

_PROGRAMS = ("soffice", "libreoffice")

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""No macro runs, and no link to another file or place is followed."""

_NOWHERE = "http://127.0.0.1:9"
"""A proxy that is not there: what asks the network after all is refused."""


def program() -> str | None:
    """Where it is installed; None where it is not."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def converted(data: bytes, suffix: str, into: str) -> bytes:
    """A file's bytes in another format. Raises Reject (stage `read`) where it is missing, fails or takes too long."""
    soffice = program()
    if soffice is None:
        cure = f"save it as .{into}, or install LibreOffice (sudo apt-get install libreoffice-writer-nogui)"
        raise Reject("read", MISSING, f"{suffix} is read by LibreOffice, which is not installed; {cure}")
    with tempfile.TemporaryDirectory(prefix="poimuri-") as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"in{suffix}"
        source.write_bytes(data)
        place = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [*_without_network(os.getpid()), soffice, place, "--headless", "--norestore", "--nolockcheck"]
        _run([*command, "--convert-to", into, "--outdir", str(folder / "out"), str(source)], folder)
        made = folder / "out" / f"in.{into}"
        if not made.is_file():
            message = f"LibreOffice cannot open it, it may be damaged or locked; save it as .{into}"
            raise Reject("read", f"broken_{suffix.lstrip('.')}", message)
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Run LibreOffice, and end all that it started when its time is up. Raises Reject."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), **proxies}
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, process_group=0
        )
    except OSError as error:
        raise Reject("read", MISSING, f"LibreOffice does not start ({error}); mend its installation") from None
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        message = f"LibreOffice took longer than {SECONDS} seconds; save it in a newer format"
        raise Reject("read", "too_slow", message) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait()


@cache
def _without_network(pid: int) -> tuple[str, ...]:
    """What takes the network away from a command that this process starts; nothing where the system does not let it,
    as where it is isolated itself."""
    command = ("unshare", "--map-root-user", "--net")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done.returncode == 0 else ()
