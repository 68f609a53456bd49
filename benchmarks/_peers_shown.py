"""What a run of `benchmarks.peers` found, as a page of the documents: a table, and a picture on a logarithmic scale."""

import math
import statistics
from html import escape
from pathlib import Path
from typing import Any

from benchmarks._paired import median_ratio

DOCS = Path(__file__).resolve().parents[1] / "docs"
RESULT, PAGE, PICTURE = DOCS / "peers.json", DOCS / "peers.md", DOCS / "peers.svg"
OURS = ("analyse", "from_module")
PEERS = ("torchinfo", "ptflops", "thop", "calflops")
"""Those that are installed for this alone; fvcore and FlopCounterMode are there anyway."""

LEFT, COLUMN, TOP, ROW, PAD = 180, 152, 50, 26, 17
"""Pixels of the picture: room for names, a net's column, what is above the rows, a row, a column's margins."""
STYLE = """
text{font:13px system-ui,sans-serif;fill:#1b1d21}.small{font-size:11px;fill:#5f6470}.ours{font-weight:600}
rect{fill:#fcfbf8}line{stroke:#dad6cb}.peer{fill:#d55e00}.mine{fill:#0072b2}
@media(prefers-color-scheme:dark){text{fill:#e6e4df}.small{fill:#a3a8b1}rect{fill:#15181d}line{stroke:#363c46}
.peer{fill:#e8803a}.mine{fill:#56b4e9}}"""

TEXT = """# Counting layers, beside others

How long it takes to count every layer of a net: `analyse`, which reads the description of a net, beside tools that look
at a live module. They take any module; `analyse` takes the catalogue's own families alone, and `from_module` stands
beside it, since it takes any module too: it describes the module, then counts the description.

![{alt}](peers.svg)

CPU time in milliseconds, all ways in turns in one process with one thread, at image sizes not counted before: the
median of several sizes ({rounds}). In brackets how many times as long as `analyse`. Imports are
left out, and building the module or describing the net, which all sizes share. Tools marked *meta* got a module without
numbers; the others calculated with real ones. FlopCounterMode is torch's own, *hooks* are the few lines that people
write themselves: output size times weights.

{table}

Lower is better. For {judged}, `analyse` is {fvcore:,.0f} times faster than fvcore and {fastest:,.0f} times faster
than the fastest of the others, and `from_module`, counting included, takes {from_module:.2f} times as long as torchinfo
on meta.

Measured on {date} on one core of {processor}, with Python {python} and {versions}.

`python3 tasks.py bench peers` measures it again and makes this page.
"""


def milliseconds(result: dict[str, Any]) -> dict[str, dict[str, float]]:
    """The median of each way for each net; ways in order of their time for all nets, those of ours first."""
    nets = {
        net: {way: 1000 * statistics.median(each) for way, each in ways.items()}
        for net, ways in result["cpu_seconds"].items()
    }
    first = next(iter(nets.values()))
    means = {way: statistics.fmean(math.log(ways[way]) for ways in nets.values()) for way in first}
    order = sorted(first, key=lambda way: (way not in OURS, means[way]))
    return {net: {way: ways[way] for way in order} for net, ways in nets.items()}


def ratios(seconds: dict[str, list[float]]) -> dict[str, float]:
    """What is judged: how many times faster than two of the others one of ours is, or how many times as slow."""
    fastest = min((way for way in seconds if way not in OURS), key=lambda way: statistics.median(seconds[way]))
    return {
        "fvcore": median_ratio(seconds["fvcore"], seconds["analyse"]),
        "fastest": median_ratio(seconds[fastest], seconds["analyse"]),
        "from_module": median_ratio(seconds["from_module"], seconds["torchinfo, meta"]),
    }


def named(way: str) -> str:
    """A way of counting, ours as code."""
    return f"`{way}`" if way in OURS else way


def table(result: dict[str, Any]) -> str:
    """The table in Markdown."""
    nets = milliseconds(result)
    rows = [["", *nets], ["---", *["---:"] * len(nets)]]
    for way in next(iter(nets.values())):
        cells = [f"{ways[way]:,.2f} (×{ways[way] / ways['analyse']:,.0f})" for ways in nets.values()]
        rows.append(
            [named(way), *(f"{ways[way]:,.2f}" for ways in nets.values())] if way == "analyse" else [named(way), *cells]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def alt(result: dict[str, Any]) -> str:
    """What the picture shows, in words."""
    nets = milliseconds(result)
    parts = []
    for net, ways in nets.items():
        others = [time for way, time in ways.items() if way not in OURS]
        ours = f"analyse {ways['analyse']:,.2f}, from_module {ways['from_module']:,.0f}"
        parts.append(f"{net}: {ours}, others {min(others):,.0f} to {max(others):,.0f}")
    return f"CPU milliseconds to count every layer, on a logarithmic scale. {'; '.join(parts)}."


def picture(result: dict[str, Any]) -> str:
    """The picture: a row for each way, a column for each net, a dot where its time lies; ours are squares."""
    nets = milliseconds(result)
    ways = list(next(iter(nets.values())))
    every = [each for times in nets.values() for each in times.values()]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    width, height = LEFT + COLUMN * len(nets) + PAD, TOP + ROW * len(ways) + 40
    parts = [f'<rect width="{width}" height="{height}" rx="6"/>']
    bottom = TOP + ROW * len(ways)
    for row, way in enumerate(ways):
        kind = ' class="ours"' if way in OURS else ""
        parts.append(f'<text x="{LEFT - 10}" y="{TOP + ROW * row + 17}" text-anchor="end"{kind}>{escape(way)}</text>')
    for column, (net, times) in enumerate(nets.items()):
        left, inner = LEFT + COLUMN * column + PAD, COLUMN - 2 * PAD
        parts.append(f'<text x="{left + inner / 2:g}" y="{TOP - 18}" text-anchor="middle">{escape(net)}</text>')
        for decade in range(low, high + 1):
            x = left + inner * (decade - low) / (high - low)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{bottom}"/>')
            if (decade - low) % 2 == 0:
                label = f"{10**decade:g}" if decade < 3 else f"{10 ** (decade - 3):g} s"
                parts.append(f'<text class="small" x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{label}</text>')
        for row, way in enumerate(ways):
            x, y = left + inner * (math.log10(times[way]) - low) / (high - low), TOP + ROW * row + ROW / 2
            parts.append(
                f'<path class="mine" d="M{x - 5:.1f} {y - 5:g}h10v10h-10z"/>'
                if way in OURS
                else f'<circle class="peer" cx="{x:.1f}" cy="{y:g}" r="4.5"/>'
            )
    words = "CPU time in ms, logarithmic: each line is ten times the one before; further left is faster"
    parts.append(f'<text class="small" x="{LEFT + PAD}" y="{bottom + 32}">{words}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
        f"<title>CPU time to count every layer of a net</title><desc>{escape(alt(result))}</desc><style>{STYLE}</style>"
        f"{''.join(parts)}</svg>\n"
    )


def page(result: dict[str, Any], judged: str) -> str:
    """The page in Markdown."""
    nets = result["cpu_seconds"]
    rounds = [f"{len(ways['analyse'])} for {net}" for net, ways in nets.items()]
    versions = [f"{name} {version}" for name, version in result["versions"].items()]
    facts = {"rounds": ", ".join(rounds), "table": table(result), "alt": alt(result), "judged": judged}
    return TEXT.format(**result | facts | ratios(nets[judged]) | {"versions": ", ".join(versions)})
