"""The budget of a net that is being built: gauges, what the last change cost, and the limits themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis import arithmetic, budget, compare
from resnet_explorer.analysis.budget import LIMITED, Budget, Use
from resnet_explorer.analysis.conventions import capital, short
from resnet_explorer.analysis.measures import MEASURES
from resnet_explorer.options import Flag, Option, options_of
from resnet_explorer.spec import PRESETS, NetSpec, title
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import controls
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import cached, hide, link
from resnet_explorer.ui.view.labels import LABELS
from resnet_explorer.ui.view.views import NO_BUDGET, OWN_BUDGET, BudgetView

if TYPE_CHECKING:
    from resnet_explorer.analysis import Report

MOST_NAMED = 2
"""So many changed options are named; where more were changed at once, the nets are."""


def chosen() -> Budget | None:
    """The budget of the view, if there is one."""
    view = link.choices(BudgetView)
    if view.budget == NO_BUDGET:
        return None
    if view.budget == OWN_BUDGET:
        return Budget(params=round(view.params * 1e6), macs=round(view.macs * 1e9))
    report = cached.report(PRESETS[view.budget].spec)
    return Budget(params=report.params, macs=report.macs)


def panel(prefix: str = "", *, building: bool) -> None:
    """The gauges and the last change of a net: where it is being built, or a budget is set."""
    limits = chosen()
    if (not building and limits is None) or hide.hides("numbers"):
        return
    spec = link.net(prefix)
    report = cached.report(spec)
    canvas.picture(key=f"{prefix}gauges", counts=_counts(report, limits))
    before = link.previous_net(prefix)
    if before is not None:
        parts.meaning(_last_change(before, spec, limits))


def limits(prefix: str = "") -> None:
    """The choice of a budget."""
    view = link.choices(BudgetView)
    fields = {"budget", "params", "macs"} if view.budget == OWN_BUDGET else {"budget"}
    for each in options_of(BudgetView):
        if each.field in fields and not hide.hides(each.query):
            controls.widget(
                each,
                getattr(view, each.field),
                LABELS[each.query],
                lambda name, value: link.choose(BudgetView, **{name: value}),
                key=f"{prefix}budget.{each.query}",
            )


def _counts(report: Report, limits: Budget | None) -> list[canvas.StatedNumber]:
    """The numbers of the headline, each with the share of its limit."""
    uses = {use.metric: use for use in limits.uses(report)} if limits else {}
    return [
        canvas.StatedNumber(
            key=metric,
            label=capital(MEASURES[metric].title),
            value=report.count(metric),
            text=short(report.count(metric)),
            formula=_working(report, metric, uses.get(metric)),
            note=uses[metric].words if uses else "",
            limit=canvas.Limit(most=uses[metric].most, text=short(uses[metric].most)) if uses else None,
        )
        for metric in LIMITED
    ]


def _working(report: Report, metric: str, use: Use | None) -> str:
    """How a number is made, and what is left of its limit."""
    made = MEASURES[metric].made(report, 1).working
    if use is None:
        return made
    over = f", over by {arithmetic.share(use.over, use.most).working}" if use.over else ""
    return f"{made}; its limit less that: {arithmetic.difference(use.used, use.most).working}{over}"


def _last_change(before: NetSpec, spec: NetSpec, limits: Budget | None) -> str:
    """What the last change of the net cost, and on which side of the budget it brought it."""
    old, new = cached.report(before), cached.report(spec)
    price = budget.price(old, new)
    terms = [
        f"{parts.inline(arithmetic.difference(old.count(metric), new.count(metric)).said(f'**{text}**'))} "
        f"{MEASURES[metric].title}"
        for metric, text in price.terms
    ]
    cost = " ".join(filter(None, (price.verb, " and ".join(terms))))
    side = f" {limits.side(old, new)}" if limits else ""
    return f"Your last change ({_words(before, spec)}) {cost}.{side}"


def _words(before: NetSpec, after: NetSpec) -> str:
    """Which options were turned from what into what, in the words of their widgets."""
    if before.family == after.family:
        changed = [
            each
            for config in (type(after.options), NetSpec)
            for each in options_of(config)
            if _value(before, each) != _value(after, each)
        ]
        if len(changed) <= MOST_NAMED:
            return ", ".join(f"{_label(each)} {_text(before, each)} → {_text(after, each)}" for each in changed)
    return f"{title(before)} → {title(after)}"


def _value(spec: NetSpec, each: Option) -> object:
    return getattr(spec.options if hasattr(spec.options, each.field) else spec, each.field)


def _label(each: Option) -> str:
    label = LABELS[each.query].split(" (")[0]
    return label[0].lower() + label[1:]


def _text(spec: NetSpec, each: Option) -> str:
    if isinstance(each.kind, Flag):
        return "on" if _value(spec, each) else "off"
    return compare.shown(spec, each) or "–"
