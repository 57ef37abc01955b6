"""Row 6: two workers against one, on work that is bound by the network.

    python -m bench.sites --to FILE [--small]

Several sites whose Jira takes 50 ms for an answer, each with key results that follow a query of
their own, so that a reading is a row of calls with little to work out.
"""

import argparse
from pathlib import Path
from statistics import median

from bench.figures import Figure, hand_over
from bench.place import Jira, house

SITES, DELAY = 4, 0.05
SEARCHES, SEARCHES_SMALL = 60, 10
ISSUES_EACH, ROUNDS = 5, 3


def main() -> None:
    options = _options()
    searches = SEARCHES_SMALL if options.small else SEARCHES
    served = ("--sites", SITES, "--issues", searches * ISSUES_EACH, "--delay", DELAY)
    with house(*map(str, served)) as (folder, jira):
        hand_over(_measure(folder, jira), options.to)


def _measure(folder: Path, jira: Jira) -> list[Figure]:
    from bench import linked, prefork  # once Django is set up
    from jira_integration.models import SyncRun, Trigger

    connections = []
    for at, address in enumerate(jira.addresses):
        connections.append(linked.connect(address, f"Site {at}"))
        linked.follow_searches(connections[-1], _searches(jira.issues[at]))
        linked.read_once(connections[-1])

    def rounds(workers: int) -> float:
        """Seconds to read all sites."""
        took = []
        with prefork.at_work(folder, workers):
            for _ in range(ROUNDS):
                runs = [SyncRun.objects.ask(each, Trigger.HAND) for each in connections]
                prefork.wait_for(runs)
                ends = [run.finished_at for run in runs if run.finished_at]
                took.append((max(ends) - min(run.asked_at for run in runs)).total_seconds())
        return median(took)

    one, two = rounds(1), rounds(2)
    return [
        Figure("6", f"One worker, {SITES} sites", one, "s"),
        Figure("6", f"Two workers, {SITES} sites", two, "s"),
        Figure.at_least("6", "Two workers against one", one / two, "times", 1.8),
    ]


def _searches(numbers: list[int]) -> list[str]:
    groups = [numbers[at : at + ISSUES_EACH] for at in range(0, len(numbers), ISSUES_EACH)]
    return [f"id in ({', '.join(map(str, group))})" for group in groups]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.sites", description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--small", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
