"""The sandbox as a whole: a site, the dialects it speaks, its faults, ledger and own pages."""

from typing import Protocol

from jira_sandbox.admin.dialect import Admin
from jira_sandbox.board.accounts_board import AccountsBoard
from jira_sandbox.board.application import Board
from jira_sandbox.board.wiki_board import WikiBoard
from jira_sandbox.cloud.dialect import PAGE_SIZE, Cloud
from jira_sandbox.confluence.cloud.dialect import ConfluenceCloud
from jira_sandbox.confluence.data_center.dialect import ConfluenceDataCenter
from jira_sandbox.data_center.dialect import CONTEXT, DataCenter
from jira_sandbox.fault_kinds import KINDS
from jira_sandbox.faults import FaultBoard
from jira_sandbox.ledger import Ledger
from jira_sandbox.messages import Request, Response
from jira_sandbox.model.site import Site
from jira_sandbox.sending import Sender
from jira_sandbox.server import SandboxServer


class Dialect(Protocol):
    """How one edition of Jira answers, or what stands beside it."""

    def answer(self, request: Request) -> Response: ...


class Neighbour(Dialect, Protocol):
    """A dialect that knows its own addresses."""

    def owns(self, request: Request) -> bool: ...


class Editions:
    """One site met as Cloud at the root, and by others at the addresses that are theirs."""

    def __init__(self, cloud: Cloud, *neighbours: Neighbour) -> None:
        self.cloud = cloud
        self.neighbours = neighbours

    def answer(self, request: Request) -> Response:
        owners = (each for each in self.neighbours if each.owns(request))
        return next(owners, self.cloud).answer(request)


def on_cloud(site: Site, page_size: int = PAGE_SIZE) -> Editions:
    """The site on Cloud, with all that stands beside it there."""
    return Editions(Cloud(site, page_size), ConfluenceCloud(site), Admin(site))


class Sandbox:
    def __init__(self, site: Site, dialect: Dialect | None = None) -> None:
        self.site = site
        self.dialect = dialect or Editions(
            Cloud(site),
            DataCenter(site),
            ConfluenceCloud(site),
            ConfluenceDataCenter(site),
            Admin(site),
        )
        self.faults = FaultBoard(site, KINDS)
        self.ledger = Ledger()
        on_premise = self.dialect if isinstance(self.dialect, DataCenter) else None
        self.sender = Sender(site, self.faults, on_premise.context if on_premise else CONTEXT)
        self.boards = (
            Board(site, self.faults, self.ledger),
            WikiBoard(site),
            AccountsBoard(site),
        )

    def answer(self, request: Request) -> Response:
        """The sandbox's own pages stay whole; faults and ledger concern the API alone."""
        for board in self.boards:
            if board.owns(request):
                return board.answer(request)
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
