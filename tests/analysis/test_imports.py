"""What is counted is imported one way: no module of `analysis` leads back to itself, not even for its types."""

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

PACKAGE = "resnet_explorer.analysis"


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    graph = grimp.build_graph("resnet_explorer", exclude_type_checking_imports=False, cache_dir=None)
    inside = graph.find_descendants(PACKAGE)
    return {module: graph.find_modules_directly_imported_by(module) & inside for module in inside}


def test_analysis_has_no_circle_of_imports(imports: dict[str, set[str]]) -> None:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        pytest.fail(f"a circle: {' <- '.join(circle.args[1])}")


def test_imports_for_types_are_seen(imports: dict[str, set[str]]) -> None:
    assert f"{PACKAGE}.report" in imports[f"{PACKAGE}.counters"], "it needs the report for its types alone"


def test_arithmetic_knows_nothing_that_it_is_used_for(imports: dict[str, set[str]]) -> None:
    assert imports[f"{PACKAGE}.arithmetic"] == {f"{PACKAGE}.conventions", f"{PACKAGE}.worked"}
