"""What the program says of nets is from a paper, a test or a command that can be named."""

import ast
import re

import pytest

from resnet_explorer import cli
from resnet_explorer.experiments import EXPERIMENTS
from tests.claims import ROOT, Sentence, register, sentences

SOURCES = list(dict.fromkeys(entry.source for entry in register()))


def test_every_claim_names_its_source() -> None:
    known = {entry.text for entry in register()}
    bare = [each for each in sentences() if each.claims and not each.sourced and each.text not in known]
    assert not bare, "\n".join(
        [
            "These sentences state a number or a claim and name no source. Cite the paper in the sentence, let the",
            "program put in what it has counted or measured, or enter the line in docs/claims.md below what shows it:",
            *(f"  {each.place}\n- {each.text}" for each in bare),
        ]
    )


def test_the_register_has_what_is_said_and_nothing_else() -> None:
    said = {each.text for each in sentences()}
    gone = [entry.text for entry in register() if entry.text not in said]
    assert not gone, "\n".join(
        ["No text says this any more; take it out of docs/claims.md:", *(f"- {text}" for text in gone)]
    )
    texts = [entry.text for entry in register()]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_there(source: str) -> None:
    """A paper by its address, a test by its name, a command by what the command line takes."""
    named = re.findall(r"`([^`]+)`", source)
    assert named or "https://" in source, f"{source}: name a paper's address, a test or a command"
    for each in named:
        if each.startswith("python -m resnet_explorer "):
            chosen = cli._parser().parse_args(each.split()[3:])
            assert chosen.command.name != "experiment" or each.split()[4] in EXPERIMENTS.names, f"there is no {each}"
        else:
            file, _, name = each.partition("::")
            defined = ast.walk(ast.parse((ROOT / file).read_text()))
            assert name.startswith("test_")
            assert name in {node.name for node in defined if isinstance(node, ast.FunctionDef)}, (
                f"there is no test {each}"
            )


def _says(text: str) -> bool:
    return Sentence("somewhere", text, sourced=False).claims


@pytest.mark.parametrize(
    "text",
    [
        "Residual nets generalise better.",
        "It has 12 of them.",
        "Skip connections smooth the loss landscape.",
        "BatchNorm is what makes deep nets train.",
        "{name} trains, because its depth is small.",
        "{} of them: a block of this kind never vanishes.",
        "Deeper plain nets are worse",
        "Nine of ten runs end early.",
    ],
)
def test_these_are_claims(text: str) -> None:
    assert _says(text)


@pytest.mark.parametrize(
    "text",
    [
        "Choose an answer above, and the curves are shown.",
        "Which of the nets trains better?",
        "“The gradient cannot vanish.”",
        "The plain net ends with {} times the loss of the residual one.",
        "ResNet-50 beside plain-34.",
        "steps: 0; allowed: a whole number from 1 to 10.",
        "Train plain-34 against ResNet-34",
    ],
)
def test_these_are_none(text: str) -> None:
    assert not _says(text)
