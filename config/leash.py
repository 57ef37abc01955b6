"""Runs one module for config.up, and ends it when config.up is gone, however that came to pass.

    python -m config.leash DESCRIPTOR MODULE ARGUMENT…

The descriptor is the reading end of a pipe that nobody writes to and whose other end only the
supervisor holds. The kernel closes that end even after kill -9, on every Unix.
"""

import gc
import os
import runpy
import signal
import sys
import threading

SELDOM = 50_000  # objects: looking for rubbish while a program loads is an eighth of its start


def main() -> None:
    gc.set_threshold(SELDOM)
    descriptor, module = int(sys.argv[1]), sys.argv[2]
    threading.Thread(target=end_with_supervisor, args=(descriptor,), daemon=True).start()
    sys.argv = sys.argv[2:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def end_with_supervisor(descriptor: int) -> None:
    """Waits for the end of the pipe, then ends the whole group: ourselves and what we forked."""
    os.read(descriptor, 1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
