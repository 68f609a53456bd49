"""What a claim is: a sentence that states a number, or of nets how they behave, compare or come about.

Talks and the texts of the program (`tests/claims.py`) are held to it.
"""

from __future__ import annotations

import re


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({words})(?!\w)", re.IGNORECASE)


# What the program is about: a sentence that names none of it states nothing of nets.
_SUBJECT = _words(
    r"nets?|networks?|res(net|next)\w*|plain|residual|vgg|layers?|blocks?|stages?|branch(es)?|shortcuts?|skips?|identity|"
    r"projections?|bottlenecks?|convolutions?|filters?|channels?|depth|deep\w*|shallow\w*|width|wide\w*|narrow\w*|"
    r"batchnorm|groupnorm|normalis\w+|initialis\w+|gradients?|signals?|loss(es)?|landscapes?|accura\w+|errors?|train\w*|"
    r"learn\w*|optimis\w+|weights?|parameters?|macs?|flops?|memory|maps?|jacobian|variances?|norms?|papers?|torchvision|"
    r"relus?|strides?|pool\w*|sgd|adam|recipes?|theory"
)
# A clause that goes on about the one before.
_POINTS = re.compile(
    r"\W*(it|they|this|that|these|those|such|both|each)\b(?! (picture|page|run|link|view)\b)", re.IGNORECASE
)
# What says how something behaves, compares or comes about.
_BEHAVES = _words(
    r"better|worse|best|worst|hard(er)?|eas(y|ier)|fast(er)?|slow(er)?|cheap\w*|more|most|fewer|less|least|larger|smaller|"
    r"higher|lower|same|equal|nearly|half|twice|double|trains?|trained|learns?|learned|explo\w+|vanish\w*|fr(ee|o)ze\w*|"
    r"diverge\w*|grow(s|n)?|shrink\w*|fades?|helps?|hurts?|harms?|improv\w+|cures?|prevent\w*|causes?|saves?|costs?|loses?|"
    r"surviv\w+|degrad\w+|overfit\w*|generalis\w+|converg\w+|smooth\w*|stab\w+|regularis\w+|enabl\w+|allows?|solv\w+|"
    r"fix(es)?|depends?|matters?|works?|optimis\w+|essential|hypothesis|no|after|multiplies|sum"
)
# What a value beside it does not show.
_GENERAL = _words(
    r"because|so that|therefore|since|always|never|cannot|due to|makes?|must|means that|harder|easier|, so"
)
# What makes a statement of words that do not end as a sentence.
_VERB = _words(r"is|are|was|were|has|have|had|does|do|did|can|could|may|might|will|would|should|comes?|means")
# Numbers that are part of a name.
_NAMES = re.compile(
    r"\b(ResNe[Xt]|PreResNet|plain|VGG|WRN|CIFAR|torchvision|NVIDIA|ImageNet|Python)[- ]?\d[\w.-]*|\d+×\d+d?|"
    r"\bconv\d_x\b|\bv1(\.5)?\b|\bCC BY 4\.0|\d+(\.\d+){3}"
)
_WORD = r"(one|two|three|four|five|six|seven|eight|nine|ten)"
_NUMBER = re.compile(rf"\d|\b{_WORD} (of|in|out of) (the )?{_WORD}\b", re.IGNORECASE)
_STATES_NOTHING = re.compile(r"^(“|Choose |Press )|\ballowed\b|\?$")
_END = re.compile(r"[.!][*”)]*$")
_SPLIT = re.compile(r"\s*\n+\s*|(?<!et al\.)(?<!\bno\.)(?<=[.!?])[*”)]*\s+(?=[“(*`{√]*[A-Z0-9{√])")


def sentences(text: str) -> list[str]:
    """The sentences of a text; each of its lines ends one."""
    return _SPLIT.split(text)


def claims(text: str) -> bool:
    """Whether a sentence states a number of its own, or of nets how they behave, compare or come about.

    Names, labels, questions, requests, popular claims in quotes and what is allowed as input state nothing.
    """
    if _STATES_NOTHING.search(text) or not (_END.search(text) or _VERB.search(text)):
        return False
    return any(map(_claims, re.split(r"[;:](?=\s)", text)))


def _claims(clause: str) -> bool:
    said = _NAMES.sub("", re.sub(r"^[{}\s]+", "", clause))
    if _NUMBER.search(said):
        return True
    if not (_SUBJECT.search(clause) or _POINTS.match(clause)):
        return False
    return bool(_GENERAL.search(clause) or ("{}" not in said and _BEHAVES.search(clause)))


__all__ = ["claims", "sentences"]
