"""The sandbox as a whole: a site, the dialects it speaks, its faults, ledger and own pages."""

from typing import Protocol

from jira_sandbox.board.application import Board
from jira_sandbox.cloud.dialect import Cloud
from jira_sandbox.data_center.dialect import CONTEXT, DataCenter
from jira_sandbox.fault_kinds import KINDS
from jira_sandbox.faults import FaultBoard
from jira_sandbox.ledger import Ledger
from jira_sandbox.messages import Request, Response
from jira_sandbox.model.site import Site
from jira_sandbox.sending import Sender
from jira_sandbox.server import SandboxServer


class Dialect(Protocol):
    """How one edition of Jira answers."""

    def answer(self, request: Request) -> Response: ...


class BothEditions:
    """One site met as Cloud at the root, and as Data Center below its context path."""

    def __init__(self, cloud: Cloud, data_center: DataCenter) -> None:
        self.cloud = cloud
        self.data_center = data_center

    def answer(self, request: Request) -> Response:
        edition = self.data_center if self.data_center.owns(request) else self.cloud
        return edition.answer(request)


class Sandbox:
    def __init__(self, site: Site, dialect: Dialect | None = None) -> None:
        self.site = site
        self.dialect = dialect or BothEditions(Cloud(site), DataCenter(site))
        self.faults = FaultBoard(site, KINDS)
        self.ledger = Ledger()
        on_premise = self.dialect if isinstance(self.dialect, DataCenter) else None
        self.sender = Sender(site, self.faults, on_premise.context if on_premise else CONTEXT)
        self.board = Board(site, self.faults, self.ledger)

    def answer(self, request: Request) -> Response:
        """The sandbox's own pages stay whole; faults and ledger concern the API alone."""
        if self.board.owns(request):
            return self.board.answer(request)
        call = self.ledger.open(request)
        response = self.faults.answer(request, self.dialect.answer)
        self.ledger.close(call, response)
        return response

    def serve(self, host: str, port: int) -> SandboxServer:
        server = SandboxServer(host, port, self.answer)
        self.sender.root = server.address
        server.start()
        return server

    def stop(self, server: SandboxServer) -> None:
        self.faults.stopping.set()
        self.sender.stop()
        server.close()
