"""The map: no card over another, parents in the middle, edges that do not cross."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr.map_layout import HEIGHT, WIDTH, Node, Spot, arrange, edge, support


@st.composite
def forests(draw):
    """Parents before children, as the pages list them: depth first."""
    size = draw(st.integers(1, 40))
    parents = [draw(st.integers(-1, number - 1)) for number in range(size)]
    ranks = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    nodes = [
        Node(number, None if parent < 0 else parent, rank)
        for number, (parent, rank) in enumerate(zip(parents, ranks, strict=True))
    ]
    return depth_first(nodes)


def depth_first(nodes, under=None):
    found = []
    for node in nodes:
        if node.under == under:
            found += [node, *depth_first(nodes, node.key)]
    return found


def overlap(one: Spot, other: Spot) -> bool:
    return abs(one.x - other.x) < WIDTH and abs(one.y - other.y) < HEIGHT


@given(forests())
def test_no_card_lies_over_another(nodes):
    for one, other in combinations(arrange(nodes).spots.values(), 2):
        assert not overlap(one, other)


@given(forests())
def test_children_stand_right_of_their_parent_and_around_its_height(nodes):
    spots = arrange(nodes).spots
    for node in nodes:
        children = [spots[each.key] for each in nodes if each.under == node.key]
        if children:
            middle = (children[0].y + children[-1].y) / 2
            assert abs(spots[node.key].y - middle) < 0.2
            assert all(each.layer > spots[node.key].layer for each in children)


@given(forests())
def test_children_keep_their_order_from_the_top_down(nodes):
    spots = arrange(nodes).spots
    for node in nodes:
        heights = [spots[each.key].y for each in nodes if each.under == node.key]
        assert heights == sorted(heights)


@given(forests())
def test_edges_between_the_same_layers_never_cross(nodes):
    spots = arrange(nodes).spots
    lines = [(spots[n.under], spots[n.key]) for n in nodes if n.under is not None]
    for (up, down), (other_up, other_down) in combinations(lines, 2):
        if up.layer == other_up.layer and up is not other_up:
            assert (up.y - other_up.y) * (down.y - other_down.y) > 0


@given(forests())
def test_an_edge_that_passes_a_layer_touches_no_card_there(nodes):
    spots = arrange(nodes).spots
    for node in nodes:
        if node.under is None:
            continue
        up, down = spots[node.under], spots[node.key]
        for other in spots.values():
            if up.layer < other.layer < down.layer:
                assert not other.y <= down.middle <= other.y + HEIGHT


@given(forests())
def test_everything_lies_within_the_picture(nodes):
    layout = arrange(nodes)
    for spot in layout.spots.values():
        assert 0 < spot.x < spot.right < layout.width
        assert 0 < spot.y < spot.y + HEIGHT < layout.height


def test_families_stand_apart_from_each_other():
    nodes = [Node(1, None, 0), Node(2, 1, 1), Node(3, 1, 1), Node(4, None, 0), Node(5, None, 1)]
    spots = arrange(nodes).spots
    assert max(spots[2].y, spots[3].y) + HEIGHT < spots[4].y
    assert spots[4].y + HEIGHT < spots[5].y


def test_a_layer_without_cards_takes_no_room():
    spots = arrange([Node(1, None, 1), Node(2, 1, 2)]).spots
    assert [spots[1].layer, spots[2].layer] == [0, 1]


def test_nothing_has_no_size():
    layout = arrange([])
    assert (layout.width, layout.spots) == (0, {})


@pytest.mark.parametrize(("layer", "other"), [(0, 2), (2, 0), (1, 1)])
def test_a_support_begins_at_one_card_and_ends_at_the_other(layer, other):
    helper, helped = Spot(layer, 24 + layer * 336, 60), Spot(other, 24 + other * 336, 260)
    path = support(helper, helped)
    assert path.split()[0] in (f"M{helper.x}", f"M{helper.right}")
    assert path.split()[-2] in (str(helped.x), str(helped.right))


def test_an_edge_past_a_layer_runs_level_in_its_lane():
    near, far = Spot(1, 360, 60), Spot(2, 696, 60)
    assert "H" not in edge(Spot(0, 24, 160), near)
    assert edge(Spot(0, 24, 160), far).endswith(f"{far.middle} H{far.x}")


@given(forests())
def test_the_same_nodes_always_give_the_same_picture(nodes):
    assert arrange(nodes) == arrange(list(nodes))
