"""A network in a link: `net=resnet34&image=64`, or its options one by one. Short names, and permanent."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from typing import TYPE_CHECKING, Any, TypeVar, overload
from urllib.parse import parse_qsl, urlencode

from resnet_explorer.errors import ExplorerError, InvalidOption, UnknownName, alike
from resnet_explorer.options import LONGEST_TEXT, options_of, read, write
from resnet_explorer.spec import naming
from resnet_explorer.spec.families import FAMILIES, ResNetOptions
from resnet_explorer.spec.network import NetSpec
from resnet_explorer.spec.presets import PRESETS, Preset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resnet_explorer.spec.imports import Net

Known = TypeVar("Known", bound="Net")

NET = "net"
FAMILY = "family"
DEFAULT_FAMILY = "resnet"


@functools.lru_cache(maxsize=256)
def named(spec: Net) -> Preset | None:
    """The preset of which this is the network, whatever the image size and classes; no imported net is one."""
    if not isinstance(spec, NetSpec):
        return None
    same = (p for p in PRESETS if (p.spec.family, p.spec.options) == (spec.family, spec.options))
    return next(same, None)


def title(spec: Net) -> str:
    """The preset's title, also where some of its shortcuts are cut, or what the family calls such a network."""
    if preset := named(spec):
        return preset.title
    if isinstance(spec, NetSpec) and isinstance(spec.options, ResNetOptions) and spec.options.cut:
        whole = named(spec.having(cut=""))
        return f"{whole.title}, {naming.cut(spec.options)}" if whole else spec.title
    return spec.title


def to_texts(spec: NetSpec) -> dict[str, str]:
    """The network as the texts of a link; `from_texts` undoes it."""
    preset = named(spec)
    if preset:
        pairs = ((each, getattr(spec, each.field)) for each in options_of(NetSpec))
        changed = {o.query: o.kind.text(value) for o, value in pairs if value != getattr(preset.spec, o.field)}
        return {NET: preset.name, **changed}
    family = {} if spec.family == DEFAULT_FAMILY else {FAMILY: spec.family}
    return {**family, **write(spec.options), **write(spec)}


def from_texts(texts: Mapping[str, str], default: str = "resnet34") -> tuple[NetSpec, list[ExplorerError]]:
    """The network of a link's texts, and what could not be read of them, each replaced by its default.

    Keys that belong to no network are passed over. Without any, it is the preset named `default`.
    """
    problems: list[ExplorerError] = []
    base = _base(texts, default, problems)
    values, unread = read(type(base.options), texts)
    sizes, unread_sizes = read(NetSpec, texts)
    problems += [*unread, *unread_sizes]
    options = _combined(base.options, values, problems)
    try:
        return dataclasses.replace(base, options=options, **sizes), problems
    except InvalidOption as error:
        sizes.pop(error.name, None)
        return dataclasses.replace(base, options=options, **sizes), [*problems, error]


def _combined(options: Any, values: dict[str, Any], problems: list[ExplorerError]) -> Any:
    """The options with these values; where they do not go together, without those that are named as wrong.

    Where that is an option that the link does not name, it stays, and so many of the values as go with it are taken.
    """
    names = {each.query: each.field for each in options_of(type(options))}
    values = dict(values)
    while values:
        try:
            return dataclasses.replace(options, **values)
        except InvalidOption as error:
            problems.append(error)
            if values.pop(names.get(error.name, ""), None) is None:
                break
    for field, value in values.items():
        with contextlib.suppress(InvalidOption):
            options = dataclasses.replace(options, **{field: value})
    return options


def _base(texts: Mapping[str, str], default: str, problems: list[ExplorerError]) -> NetSpec:
    """What the options of the link change: a preset, or its family's default."""
    if NET in texts:
        try:
            return preset(texts[NET]).spec
        except UnknownName as error:
            problems.append(error)
            return PRESETS[default].spec
    family = texts.get(FAMILY, DEFAULT_FAMILY)
    if family not in FAMILIES:
        problems.append(UnknownName(FAMILY, family, FAMILIES.names))
        family = DEFAULT_FAMILY
    options = FAMILIES[family].options
    if FAMILY in texts or any(each.query in texts for each in options_of(options)):
        return NetSpec(family=family, options=options())
    return PRESETS[default].spec


def preset(name: str) -> Preset:
    """The preset of that name, or of that title: `ResNet50`, `resnet_50` and `ResNet-50` mean resnet50.

    Raises:
        UnknownName: there is none; the message names those most like it.
    """
    if name in PRESETS or not isinstance(name, str):
        return PRESETS[name]
    titles = dict(zip(PRESETS.titles, PRESETS.names, strict=True))
    return PRESETS[alike(name, PRESETS.names) or titles.get(alike(name, PRESETS.titles) or "", name)]


@overload
def described(net: str) -> NetSpec: ...


@overload
def described(net: Known) -> Known: ...


def described(net: Net | str) -> Net:
    """The network itself, or that of a preset's name or of a query: what may be given wherever a network is asked for.

    Raises:
        ExplorerError: the text describes none.
        TypeError: it is neither.
    """
    if isinstance(net, str):
        return from_query(net)
    if hasattr(net, "input_shape"):
        return net
    message = f"a network is a NetSpec, a name or a query, not {type(net).__name__}"
    raise TypeError(message)


def catalogued(net: Net | str) -> NetSpec:
    """The same, where it must be a description: what a query holds, and what is built.

    Raises:
        ExplorerError: the text describes none, or the net is imported.
        TypeError: it is no network.
    """
    found = described(net)
    if not isinstance(found, NetSpec):
        raise ExplorerError(f"{found.title} is an imported net: no description makes it anew, its own code does")
    return found


def reference(net: Net) -> str:
    """The network as a link names it; an imported one, which none does, by its title."""
    return to_query(net) if isinstance(net, NetSpec) else net.title


def to_query(spec: NetSpec | str) -> str:
    """The network as one query string."""
    return urlencode(to_texts(catalogued(spec)), safe=",")


def from_query(query: str) -> NetSpec:
    """The network that a preset's name or a query string describes, strictly; a leading "?" is passed over.

    Raises:
        ExplorerError: the first thing that is wrong, unknown fields included.
    """
    if not isinstance(query, str):
        raise InvalidOption("query", query, "a preset's name or a query, as text")
    query = query.removeprefix("?")
    if "=" not in query:
        return preset(query).spec
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=LONGEST_TEXT)
    texts = dict(pairs)
    if len(texts) != len(pairs):
        raise InvalidOption("net", query, "each field once")
    spec, problems = from_texts(texts)
    known = fields(spec.family)
    unknown = [key for key in texts if key not in known]
    if unknown:
        raise UnknownName("field", unknown[0], tuple(known))
    if problems:
        raise problems[0]
    return spec


def fields(family: str) -> dict[str, str]:
    """The names that a link to a network of that family may use, with what each allows in words."""
    own = (*options_of(FAMILIES[family].options), *options_of(NetSpec))
    choices = {NET: f"one of {', '.join(PRESETS.names)}", FAMILY: f"one of {', '.join(FAMILIES.names)}"}
    return {**choices, **{each.query: each.kind.allowed for each in own}}
