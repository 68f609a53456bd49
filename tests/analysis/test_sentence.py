"""A text keeps the workings of its numbers, whatever it is made a part of."""

import pytest

from resnet_explorer.analysis.sentence import Sentence, joined, listed, say
from resnet_explorer.analysis.worked import Worked

HALF = Worked(0.5, "0.5", "1 ÷ 2 = 0.5")
ALONE = Worked(3.0, "3", "")


def test_what_stands_beside_each_other_is_one_part_and_a_number_without_a_working_is_words() -> None:
    assert say("a", "", " b ", ALONE, " c ", HALF, say(" d", HALF), "").parts == ("a b 3 c ", HALF, " d", HALF)
    assert say("", say()) == Sentence()
    assert not say("")


def test_it_is_shown_as_asked_and_without_workings_in_plain_text() -> None:
    text = say("above ", HALF, " of all")
    assert str(text) == "above 0.5 of all"
    assert text.shown(lambda number: f"[{number.working}]", str.upper) == "ABOVE [1 ÷ 2 = 0.5] OF ALL"


def test_texts_are_joined_and_listed_with_their_workings_and_what_is_empty_is_left_out() -> None:
    assert joined("; ", ["", HALF, say(), "b"]).parts == (HALF, "; b")
    assert joined(", ", []) == listed([]) == Sentence()
    assert [str(listed(["a", HALF, "c"][:count])) for count in (1, 2, 3)] == ["a", "a and 0.5", "a, 0.5 and c"]
    assert listed(["a", HALF, "c"]).parts == ("a, ", HALF, " and c")


def test_no_working_is_lost_in_an_f_string() -> None:
    for each in (HALF, say(HALF)):
        with pytest.raises(TypeError, match="lose the working"):
            f"{each}"


@pytest.mark.parametrize(
    ("value", "whole", "tenths"),
    [
        (0.0, "0 %", "0.0 %"),
        (0.04, "less than 1 %", "less than 0.1 %"),
        (0.4, "less than 1 %", "0.4 %"),
        (99.6, "more than 99 %", "99.6 %"),
        (99.96, "more than 99 %", "more than 99.9 %"),
        (100.0, "100 %", "100.0 %"),
    ],
)
def test_a_share_is_nothing_or_all_only_where_it_is(value: float, whole: str, tenths: str) -> None:
    share = Worked(value, "", "part ÷ all")
    assert [str(share.percent()), str(share.percent(digits=1))] == [whole, tenths]
    assert share.percent().working == "part ÷ all"
