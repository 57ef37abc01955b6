"""Makes .venv and installs the locked dependencies into it; needs nothing but Python itself.

    python3 config/bootstrap.py [--dev | --schemathesis]

What holds the API to its description wants other versions than the product: it has an environment
of its own.

Kept to old syntax, so that an old Python can read as far as the sentence that turns it away.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

LEAST = (3, 11)
HOUSE = Path(__file__).resolve().parent.parent
NO_VENV = (
    "This Python cannot make a virtual environment: its venv module is incomplete."
    " Install it (on Debian or Ubuntu: apt install python3-venv) and run the command again."
)
NOT_INSTALLED = (
    "The dependencies could not be installed; the lines above say why."
    " The first set-up needs a package index. Mend that and run the command again."
)


def main() -> None:
    complaint = python_complaint(sys.version_info[:2]) or venv_complaint()
    if complaint:
        raise SystemExit(complaint)
    with open(__file__) as claim:
        wait_for(claim.fileno())
        set_up(sys.argv[1:])


def set_up(words: list[str]) -> None:
    if "--schemathesis" in words:
        Setup(HOUSE, ".venv-schemathesis").bring_to("schemathesis.lock")
    else:
        setup = Setup(HOUSE)
        setup.bring_to("dev.lock" if "--dev" in words else setup.usual_lock())


def python_complaint(version: tuple[int, ...]) -> str:
    if version >= LEAST:
        return ""
    return (
        "Plumbline needs Python {}.{} or newer; python3 is {}.{}."
        " Install a newer one, or name it: make PYTHON=/path/to/python3.11 …"
    ).format(*LEAST, *version)


def venv_complaint() -> str:
    found = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    return "" if found else NO_VENV


def wait_for(claim: int) -> None:
    """One set-up at a time: a second one waits here until the first has finished."""
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("Another set-up is running in this folder; waiting for it …")
        fcntl.flock(claim, fcntl.LOCK_EX)


class Setup:
    """The virtual environment of one checkout, and the record of what is in it."""

    def __init__(self, house: Path, folder: str = ".venv") -> None:
        self.requirements = house / "requirements"
        self.venv = house / folder
        self.python = self.venv / "bin" / "python"
        self.record = self.venv / "installed"

    def usual_lock(self) -> str:
        """The core set; a developer's environment stays one."""
        return "dev.lock" if self.recorded().startswith("dev.lock") else "core.lock"

    def bring_to(self, lock: str) -> None:
        wanted = self.description(lock)
        if self.recorded() == wanted and self.python.exists():
            return
        if not self.is_sound():
            self.build()
        self.record.unlink(missing_ok=True)
        self.install(self.requirements / lock)
        self.record.write_text(wanted)
        say("The dependencies are installed.")

    def recorded(self) -> str:
        return self.record.read_text() if self.record.exists() else ""

    def description(self, lock: str) -> str:
        digest = hashlib.sha256((self.requirements / lock).read_bytes()).hexdigest()
        return f"{lock} {digest} {python_name()}"

    def is_sound(self) -> bool:
        """Whether an earlier set-up finished, with this Python: then it is brought up to date."""
        return self.python.exists() and self.recorded().endswith(f" {python_name()}")

    def build(self) -> None:
        name = self.venv.name
        if self.recorded():
            say(
                f"The environment in {name} does not fit Python {python_name()}; building it anew …"
            )
        elif self.venv.exists():
            say("An earlier set-up was not finished; starting it again …")
        else:
            say(f"Making a virtual environment in {name} …")
        if not ran(sys.executable, "-m", "venv", "--clear", str(self.venv)):
            raise SystemExit(NO_VENV)

    def install(self, lock: Path) -> None:
        say(f"Installing the dependencies of {lock.name} …")
        if self.install_with_uv(lock):
            return
        say("uv could not do it; trying pip, which is slower …")
        if not self.pip("install", "--require-hashes", "-r", str(lock)):
            raise SystemExit(NOT_INSTALLED)

    def install_with_uv(self, lock: Path) -> bool:
        uv = shutil.which("uv") or self.fetched_uv()
        sync = ("pip", "sync", "--require-hashes", "--python", str(self.python), str(lock))
        return bool(uv) and ran(uv, *sync)

    def fetched_uv(self) -> str:
        lock = self.requirements / "installer.lock"
        fetched = self.pip("install", "-qq", "--require-hashes", "-r", str(lock))
        return str(self.venv / "bin" / "uv") if fetched else ""

    def pip(self, *arguments: str) -> bool:
        return ran(str(self.python), "-m", "pip", "--disable-pip-version-check", *arguments)


def python_name() -> str:
    return "{}.{}".format(*sys.version_info[:2])


def ran(*command: str) -> bool:
    """Whether a command succeeded; what it prints is shown as it comes."""
    return subprocess.run(command, env={**os.environ, "UV_LINK_MODE": "copy"}).returncode == 0


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("\nStopped. Run the command again to finish the set-up.") from None
