"""What the benchmark writes can be compared, and says whether a floor was reached."""

import json

from bench.figures import Figure, hand_over, handed_over, p95, write

WALL = Figure.at_most("1a", "wall time against the bare loop", 1.62, "×", 1.5)
CALLS = Figure.at_least("1b", "fewer calls than one by one", 998.0, "×", 100)
IMPORT = Figure("7c", "import of the web process", 1.25, "s")


def test_a_figure_knows_whether_it_reached_its_bound():
    assert [each.reached for each in (WALL, CALLS, IMPORT)] == [False, True, None]


def test_the_results_are_a_list_of_objects_and_a_page_to_read(tmp_path):
    write([WALL, IMPORT], ["Today, here."], tmp_path)
    first = json.loads((tmp_path / "latest.json").read_text())[0]
    assert first == {
        "row": "1a",
        "what": "wall time against the bare loop",
        "figure": 1.62,
        "unit": "×",
        "to_reach": "≤ 1.5",
        "reached": False,
    }
    text = (tmp_path / "latest.md").read_text()
    assert "| 1a | wall time against the bare loop | 1.62 × | ≤ 1.5 | **no** |" in text
    assert "Today, here." in text


def test_figures_go_from_one_program_to_another_unchanged(tmp_path):
    hand_over([WALL, CALLS, IMPORT], tmp_path / "figures.json")
    assert handed_over(tmp_path / "figures.json") == [WALL, CALLS, IMPORT]


def test_the_95th_of_a_hundred_is_taken_from_the_samples():
    assert p95([float(each) for each in range(101)]) == 95.0
    assert p95([4.0]) == 4.0
