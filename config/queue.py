"""The queue on the file system, for one machine: a message appears there whole or not at all."""

import os
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(  # type: ignore[override]  # as in the file system's own
        self, queue: str, payload: dict[str, Any], **_kwargs: Any
    ) -> None:
        """Written beside and then given its name: a worker that looks meanwhile sees no half.

        Names sort by the time of their making, which is the order in which they are taken.
        """
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}"
        beside = os.path.join(self.data_folder_out, f"{name}.new")
        with open(beside, "wb") as file:
            file.write(str_to_bytes(dumps(payload)))
        os.replace(beside, os.path.join(self.data_folder_out, f"{name}.{queue}.msg"))


class Transport(filesystem.Transport):
    Channel = Channel
