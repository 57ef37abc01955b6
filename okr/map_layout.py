"""Where the cards of the alignment map stand: layers from left to right, families kept together.

Pure arithmetic. A parent stands in the middle of its children; no two cards and no card and edge
overlap, because every branch brings its outline and branches are stacked outline against outline.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 252, 92
BETWEEN_LAYERS, BETWEEN_CARDS, BETWEEN_FAMILIES = 84, 14, 40
MARGIN, HEAD = 24, 40


@dataclass(frozen=True, slots=True)
class Node:
    """`rank` is the layer where it would stand with nothing above; parents come before children."""

    key: int
    under: int | None
    rank: int


@dataclass(frozen=True, slots=True)
class Spot:
    layer: int
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.y + HEIGHT / 2

    @property
    def right(self) -> float:
        return self.x + WIDTH


@dataclass(frozen=True, slots=True)
class Layout:
    spots: dict[int, Spot]
    layers: int
    width: float
    height: float


@dataclass(slots=True)
class Branch:
    """Cards with their heights, and for every layer the upper and the lower outline."""

    heights: dict[int, float] = field(default_factory=dict)
    upper: dict[int, float] = field(default_factory=dict)
    lower: dict[int, float] = field(default_factory=dict)

    def cover(self, layer: int, y: float) -> None:
        self.upper[layer] = min(y, self.upper.get(layer, y))
        self.lower[layer] = max(y + HEIGHT, self.lower.get(layer, y + HEIGHT))

    def append(self, other: "Branch", gap: float) -> None:
        """Puts another branch below this one, as high as the outlines let it."""
        shared = self.lower.keys() & other.upper.keys()
        down = max((self.lower[each] + gap - other.upper[each] for each in shared), default=0)
        self.heights |= {key: y + down for key, y in other.heights.items()}
        for layer, upper in other.upper.items():
            lower = other.lower[layer] + down
            self.upper[layer] = min(upper + down, self.upper.get(layer, upper + down))
            self.lower[layer] = max(lower, self.lower.get(layer, lower))

    def become_one_block(self) -> None:
        """Nothing else may stand beside it: families are told apart at a glance."""
        top, floor = min(self.upper.values()), max(self.lower.values())
        for layer in range(max(self.upper) + 1):
            self.upper[layer], self.lower[layer] = top, floor


def arrange(nodes: Sequence[Node]) -> Layout:
    """The place of each card; the same nodes in the same order always give the same picture."""
    layer_of = _layers(nodes)
    below: dict[int | None, list[int]] = defaultdict(list)
    for node in nodes:
        below[node.under].append(node.key)
    whole = Branch()
    for top in below[None]:
        family = _branch(top, below, layer_of, layer_of[top])
        family.become_one_block()
        whole.append(family, BETWEEN_FAMILIES)
    highest = min(whole.heights.values(), default=0)
    spots = {
        key: Spot(layer_of[key], _x(layer_of[key]), round(y - highest + MARGIN + HEAD, 1))
        for key, y in whole.heights.items()
    }
    layers = max(layer_of.values(), default=-1) + 1
    return Layout(
        spots,
        layers,
        width=_x(layers) - BETWEEN_LAYERS + MARGIN if layers else 0,
        height=max((spot.y + HEIGHT for spot in spots.values()), default=0) + MARGIN,
    )


def edge(above: Spot, below: Spot) -> str:
    """From a card to one under it; past other layers it runs level, in the lane kept for it."""
    bend, end = above.right + BETWEEN_LAYERS / 2, above.right + BETWEEN_LAYERS
    curve = f"M{above.right} {above.middle} C{bend} {above.middle} {bend} {below.middle}"
    level = f" H{below.x}" if below.x > end else ""
    return f"{curve} {end} {below.middle}{level}"


def support(helper: Spot, helped: Spot) -> str:
    """From a card to one that it helps, wherever that stands."""
    if helper.layer > helped.layer:
        return _bow(helper.x, helper.middle + 18, helped.right, helped.middle + 18)
    if helper.layer < helped.layer:
        return _bow(helper.right, helper.middle + 18, helped.x, helped.middle + 18)
    out = helper.right + BETWEEN_LAYERS * 0.7
    low, high = helper.middle + 18, helped.middle + 18
    return f"M{helper.right} {low} C{out} {low} {out} {high} {helped.right} {high}"


def _bow(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (x + to_x) / 2
    return f"M{x} {y} C{half} {y} {half} {to_y} {to_x} {to_y}"


def _x(layer: int) -> float:
    return MARGIN + layer * (WIDTH + BETWEEN_LAYERS)


def _layers(nodes: Iterable[Node]) -> dict[int, int]:
    """Each in its rank, or right of its parent where that is further; empty layers left out."""
    layers: dict[int, int] = {}
    for node in nodes:
        after = layers[node.under] + 1 if node.under is not None else 0
        layers[node.key] = max(node.rank, after)
    used = {layer: number for number, layer in enumerate(sorted(set(layers.values())))}
    return {key: used[layer] for key, layer in layers.items()}


def _branch(
    key: int, below: dict[int | None, list[int]], layer_of: dict[int, int], first: int
) -> Branch:
    """A card and all under it; `first` is the layer where the lane of its edge begins."""
    branch, layer = Branch(), layer_of[key]
    for child in below[key]:
        branch.append(_branch(child, below, layer_of, layer + 1), BETWEEN_CARDS)
    middle = [branch.heights[child] for child in below[key]]
    y = (middle[0] + middle[-1]) / 2 if middle else 0.0
    branch.heights[key] = y
    for covered in range(first, layer + 1):
        branch.cover(covered, y)
    return branch
