"""Legal nets for hypothesis: each option of each family by what it allows, so that a new one is drawn at once."""

import dataclasses
from typing import Any

from hypothesis import strategies as st

from resnet_explorer.options import Choice, Flag, Option, Real, Text, Wholes, options_of
from resnet_explorer.spec import FAMILIES, NetSpec, from_texts
from resnet_explorer.spec.query import FAMILY

SMALL = (0, 1, 2, 3, 4, 5, 8, 32)


def values(each: Option) -> tuple[Any, ...]:
    """Some values of an option: all of a choice, small numbers, both ends."""
    kind = each.kind
    if isinstance(kind, Choice):
        return kind.names
    if isinstance(kind, Flag):
        return (False, True)
    if isinstance(kind, Real):
        return tuple(dict.fromkeys((each.default, float(kind.low), 0.25, float(kind.high))))
    if isinstance(kind, Wholes):
        return (1,), (2,), (1, 2), (2, 2), (1, 1, 1), (2, 1, 1, 2)
    if isinstance(kind, Text):
        return "", "layer1.0", "layer1.1", "layer1.0,layer2.0-1"
    return tuple(dict.fromkeys((each.default, *filter(kind.holds, SMALL))))


@st.composite
def nets(draw: st.DrawFn, family: str = "", **fixed: Any) -> NetSpec:
    """A net of that family, or of any; `fixed` are values that its options have where a net has them."""
    chosen = family or draw(st.sampled_from(FAMILIES.names))
    texts = {FAMILY: chosen}
    for each in options_of(FAMILIES[chosen].options):
        value = fixed[each.field] if each.field in fixed else draw(st.sampled_from(values(each)))
        texts[each.query] = each.kind.text(value)
    options = from_texts(texts)[0].options
    least = FAMILIES[chosen].least_image(options)
    image = draw(st.sampled_from((least, least + 1, 2 * least + 7, 40)))
    return NetSpec(family=chosen, options=options, image=max(least, image), classes=draw(st.sampled_from((1, 7, 1000))))


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[NetSpec, str, NetSpec]:
    """A net, one of its options, and a net that has another value there, where such a one is legal."""
    spec = draw(nets())
    each = draw(st.sampled_from(options_of(type(spec.options))))
    other = from_texts(
        {
            FAMILY: spec.family,
            **{o.query: o.kind.text(getattr(spec.options, o.field)) for o in options_of(type(spec.options))},
            each.query: each.kind.text(draw(st.sampled_from(values(each)))),
        }
    )[0]
    return spec, each.field, dataclasses.replace(spec, options=other.options, image=max(spec.image, 200))
