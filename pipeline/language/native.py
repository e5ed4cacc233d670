"""libvoikko and its Finnish dictionary: find them, or install them, or do without.

The `libvoikko` package on PyPI is a ctypes binding only; the library and the dictionary come from the operating
system. `open_voikko()` finds them, `python -m pipeline.language.native` installs them: with apt when it may, else by
unpacking the distribution's own packages into the folder `.voikko/` of the project, which needs no rights at all.

Where neither can be had, the embedded transducer (`embedded.py`) serves by itself, with one line of notice.
`POIMURI_VOIKKO=embedded` chooses it although libvoikko is there; any other value names a folder for libvoikko.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from lexicons.errors import UserError
from pipeline.installed import is_checkout
from pipeline.language.embedded import EmbeddedVoikko, is_installed

PACKAGES = ("libvoikko1", "voikko-fi")
"""The Debian and Ubuntu packages of the library and of the dictionary."""

FOLDER_VARIABLE = "POIMURI_VOIKKO"
"""Environment variable that names a folder to use instead of `.voikko/`, or has the value EMBEDDED."""

EMBEDDED = "embedded"

HOMEBREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))


class VoikkoMissing(UserError):
    """No Finnish analyser can be used here; the message is one line that names the cures."""

    def __init__(self, problem: str, cure: str | None = None) -> None:
        self.problem, self.cure = problem, cure or _cure()
        super().__init__(f"{self.problem}; {self.cure}; or, slower: pip install pyvoikko==0.6")


class Voikko(Protocol):
    """What the project uses of an analyser."""

    def analyze(self, word: str) -> list[dict[str, str]]:
        """The analyses of a word form, with FSTOUTPUT, BASEFORM and STRUCTURE at least; none for an unknown word."""

    def spell(self, word: str) -> bool:
        """Whether a word form is a Finnish word, rightly spelt and capitalised."""

    def getVersion(self) -> str:
        """The version of the library."""


def open_voikko() -> Voikko:
    """Open a new Finnish analyser: the system's library and dictionary, else those in `local_folder()`.

    Where they are missing, or the environment asks for it, it is the embedded transducer; of the former, the first call
    in the main process tells on stderr. One analyser must not be used by several threads at once, and does not survive
    pickling.

    Raises:
        VoikkoMissing: the library or the dictionary is in neither place, and pyvoikko is missing too.
    """
    if not is_installed():
        return _open_library()
    if os.environ.get(FOLDER_VARIABLE) == EMBEDDED:
        return EmbeddedVoikko()
    try:
        return _open_library()
    except VoikkoMissing as missing:
        if multiprocessing.parent_process() is None:
            _tell(missing.problem, missing.cure)
        return EmbeddedVoikko()


@lru_cache
def _tell(problem: str, cure: str) -> None:
    """Say once a process that the embedded transducer serves, and why."""
    served = f"the embedded transducer (pyvoikko {EmbeddedVoikko.getVersion()}) serves instead, slower"
    print(f"poimuri: {problem}: {served}; {cure}", file=sys.stderr, flush=True)


def _open_library() -> Voikko:
    """Open libvoikko itself.

    The library and the dictionary are looked for apart, since Debian's library does not pull in a dictionary.
    """
    _load_library()
    import libvoikko

    for dictionary in (None, *_local_dictionaries()):
        try:
            opened: Voikko = libvoikko.Voikko("fi", dictionary and str(dictionary))
            return opened
        except libvoikko.VoikkoException:
            continue
    raise VoikkoMissing("the Finnish dictionary of libvoikko is missing")


def local_folder() -> Path:
    """The folder for a private copy, laid out like `/`; it need not exist."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser().absolute() if named else Path(__file__).resolve().parents[2] / ".voikko"


def install() -> None:
    """Install the library and the dictionary with apt, in the system if allowed, else in `local_folder()`.

    Raises:
        VoikkoMissing: there is no apt here, or apt failed; the message then quotes apt's last line.
    """
    if not shutil.which("apt-get"):
        raise VoikkoMissing("libvoikko or its Finnish dictionary is missing")
    print(f"installing {' and '.join(PACKAGES)} ...", flush=True)
    failure: subprocess.CalledProcessError | OSError | None = None
    for attempt in (_install_in_system, _unpack_in_folder):
        try:
            return attempt()
        except (subprocess.CalledProcessError, OSError) as error:
            failure = error
    packages = " ".join(PACKAGES)
    raise VoikkoMissing(
        f"apt could not install {packages} ({_reason(failure)})",
        f"check the network, then run: sudo apt-get update && sudo apt-get install {packages}",
    )


def main() -> int:
    """Make sure that `open_voikko()` works, with libvoikko if that can be installed; return the exit code."""
    if os.environ.get(FOLDER_VARIABLE) == EMBEDDED and is_installed():
        print(f"the embedded transducer (pyvoikko {EmbeddedVoikko.getVersion()}) is ready")
        return 0
    try:
        try:
            voikko = _open_library()
        except VoikkoMissing:
            install()
            voikko = _open_library()
    except VoikkoMissing as missing:
        if is_installed():
            _tell(missing.problem, missing.cure)
            return 0
        print(f"error: {missing}", file=sys.stderr)
        return 1
    print(f"libvoikko {voikko.getVersion()} and its Finnish dictionary are ready")
    return 0


def _load_library() -> None:
    """Load libvoikko and tell the binding where it is. Raises VoikkoMissing where either is missing.

    The binding must not be left to find out by itself that there is no library: its destructor then fails too, and
    Python prints that failure at the user.
    """
    try:
        import libvoikko
    except ImportError:
        raise VoikkoMissing("the Python package libvoikko is missing") from None
    for place in _library_places():
        try:
            libvoikko.VoikkoLibrary.open(place and str(place))
        except (OSError, AttributeError):  # AttributeError: a library too old for the binding
            continue
        libvoikko.Voikko.setLibrarySearchPath(place and str(place))
        return
    raise VoikkoMissing("the library libvoikko is missing")


def _library_places() -> Iterator[Path | None]:
    """Folders that may hold the library, in order of preference; None is the loader's own search path."""
    yield None
    if sys.platform == "darwin":  # the loader of macOS does not know Homebrew's folder on ARM
        yield from HOMEBREW_LIBRARIES
    available = {file.name: file for file in sorted(local_folder().rglob("lib*.so.*"))}
    library = available.pop("libvoikko.so.1", None)
    if library and _load_with_needs(library, available):
        yield library.parent


def _load_with_needs(library: Path, available: dict[str, Path]) -> bool:
    """Load a library by its path, and before it whatever the loader says that it lacks; False if that cannot be.

    The loader does not search our folder, but it accepts a library that the process has already loaded. Loading only
    what it asks for keeps the system's own libraries in use wherever there are any.
    """
    while True:
        try:
            ctypes.CDLL(str(library))
            return True
        except OSError as error:  # "libhfstospell.so.11: cannot open shared object file: ..."
            need = available.pop(str(error).partition(":")[0], None)
        if need is None or not _load_with_needs(need, available):
            return False


def _local_dictionaries() -> list[Path]:
    """Folders to name to libvoikko; it looks in each for `5/`, the format of its dictionaries since version 4."""
    return sorted(folder.parent for folder in local_folder().rglob("5") if folder.is_dir())


def _cure() -> str:
    if sys.platform == "darwin":
        return "run: brew install libvoikko"
    if shutil.which("apt-get"):
        ours = "make setup, or: " if is_checkout() else ""
        return f"run: {ours}sudo apt-get install {' '.join(PACKAGES)}"
    return (
        "install libvoikko and voikko-fi with the system's package manager,"
        f" or name a folder that holds them in {FOLDER_VARIABLE}"
    )


def _install_in_system() -> None:
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=60"]
    packages = [*apt, "install", "-y", "--no-install-recommends", *PACKAGES]
    if prefix:
        _run(["sudo", "-n", "true"])
    try:
        _run(packages)
    except subprocess.CalledProcessError:  # a fresh container has no package lists, an old one has stale ones
        _update_lists(apt)
        _run(packages)


def _unpack_in_folder() -> None:
    folder = local_folder()
    with tempfile.TemporaryDirectory(prefix="poimuri-apt-") as name:
        scratch = Path(name)
        try:
            _download(["apt-get"], scratch)
        except subprocess.CalledProcessError:  # no usable lists, and those of the system are not ours to fetch
            for part in ("lists", "cache"):
                (scratch / part).mkdir()
            apt = ["apt-get", "-o", f"Dir::State::lists={scratch / 'lists'}", "-o", f"Dir::Cache={scratch / 'cache'}"]
            _update_lists([*apt, "-o", "Acquire::Languages=none"])
            _download(apt, scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for package in sorted(scratch.glob("*.deb")):
            _run(["dpkg-deb", "-x", str(package), str(folder)])


def _download(apt: list[str], into: Path) -> None:
    """Download our packages and all that they need and the system lacks."""
    plan = _run([*apt, "install", "--simulate", "--no-install-recommends", *PACKAGES])
    _run([*apt, "download", *_new_packages(plan)], into)


def _new_packages(plan: str) -> list[str]:
    """The packages that `apt-get install --simulate` would add, as `name=version`.

    Upgrades, which name the old version in brackets first, are left out: what is installed can be loaded as it is.
    """
    return [f"{name}={version}" for name, version in re.findall(r"^Inst (\S+) \((\S+) ", plan, re.MULTILINE)]


def _update_lists(apt: list[str]) -> None:
    # One broken third-party source fails the whole update; what comes after shows whether our packages are listed.
    with contextlib.suppress(subprocess.CalledProcessError):
        _run([*apt, "update"])


def _run(command: list[str], folder: Path | None = None) -> str:
    """Run a command without a terminal and return its output.

    Raises:
        subprocess.CalledProcessError: it failed; `stderr` has its words.
        OSError: there is no such command.
    """
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}  # the plan is read by a program
    finished = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return finished.stdout


def _reason(failure: subprocess.CalledProcessError | OSError | None) -> str:
    if isinstance(failure, subprocess.CalledProcessError):
        lines = str(failure.stderr).strip().splitlines()
        return lines[-1] if lines else f"exit code {failure.returncode}"
    return str(failure)


if __name__ == "__main__":
    sys.exit(main())
