"""The queue on the file system hands over whole messages, in order."""

from threading import Thread

from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

from config.celery import app
from config.queue import Transport


def test_the_product_uses_this_queue():
    with app.connection() as connection:
        ours = isinstance(connection.transport, Transport)
    assert ours is (not settings.REDIS_URL)


def test_a_worker_that_looks_all_the_time_sees_whole_messages_only(tmp_path):
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    options = folders | {"control_folder": str(tmp_path / "control")}

    def connect() -> Connection:
        return Connection("filesystem://", transport_options=options)

    def send() -> None:
        with connect() as there:
            queue = there.SimpleQueue("test")
            for number in range(300):
                queue.put({"number": number, "ballast": "x" * 5_000})

    sender = Thread(target=send)
    sender.start()
    heard: list[int] = []
    with connect() as here:
        queue = here.SimpleQueue("test")
        while len(heard) < 300:
            try:
                message = queue.get(timeout=10)
            except OperationalError:
                break
            message.ack()
            heard.append(message.payload["number"])
    sender.join()

    assert sorted(heard) == list(range(300))
