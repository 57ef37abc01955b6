"""What config.up starts, from the environment: ports, folders and the command of each program."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
HOUSE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Plan:
    """Where this start of the product listens and where it keeps things."""

    port: int
    sandbox_port: int
    var: Path
    environment: Mapping[str, str]

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> "Plan":
        """SystemExit with one sentence when a value cannot be used."""
        sandbox_port = port_named("PLUMBLINE_SANDBOX_PORT", variables, 8031)
        var = (HOUSE / (variables.get("PLUMBLINE_VAR") or "var")).resolve()
        allowed = [variables.get("PLUMBLINE_JIRA_HOSTS", ""), f"{HOST}:{sandbox_port}"]
        environment = {
            "PLUMBLINE_JIRA_SYNC_SECONDS": "5",
            **variables,
            "PLUMBLINE_JIRA_HOSTS": ",".join(filter(None, allowed)),
            "PLUMBLINE_VAR": str(var),
        }
        return cls(port_named("PLUMBLINE_PORT", variables, 8000), sandbox_port, var, environment)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def sandbox_address(self) -> str:
        return f"http://{HOST}:{self.sandbox_port}"

    def web(self) -> list[str]:
        """One process: sign-in limits count in its memory unless REDIS_URL gives a shared one."""
        bind = f"{HOST}:{self.port}"
        size = ["--worker-class", "gthread", "--workers", "1", "--threads", "8"]
        quiet = ["--no-control-socket", "--log-level", "warning", "--graceful-timeout", "5"]
        shaped = ["--logger-class", "config.watch.gunicorn_log.Logger"]
        return ["gunicorn", "config.wsgi:application", "--bind", bind, *size, *quiet, *shaped]

    def worker(self) -> list[str]:
        """Threads and an embedded schedule: one process does all the work in the background."""
        size = ["--pool", "threads", "--concurrency", "4"]
        schedule = ["--beat", "--schedule", str(self.var / "beat")]
        alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        quiet = ["--loglevel", "WARNING"]
        return ["celery", "-A", "config.celery", "worker", *size, *schedule, *alone, *quiet]

    def sandbox(self) -> list[str]:
        listen = ["--host", HOST, "--port", str(self.sandbox_port)]
        return ["jira_sandbox", *listen, "--state", str(self.var / "sandbox.json")]


def port_named(name: str, variables: Mapping[str, str], default: int) -> int:
    word = variables.get(name, "").strip() or str(default)
    if not word.isdecimal() or not 0 < int(word) < 65536:
        raise SystemExit(f"{name} is {word!r}; it must be a port number from 1 to 65535.")
    return int(word)
