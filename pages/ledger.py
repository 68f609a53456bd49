"""The ledger: one net, every convention of counting, each difference named to the last unit."""

from resnet_explorer.analysis.conventions import pixels
from resnet_explorer.spec import title
from resnet_explorer.ui.pages import counting
from resnet_explorer.ui.pages import ledger as books
from resnet_explorer.ui.pages.explore import confirm
from resnet_explorer.ui.parts import taking
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.view import link

spec = link.net()

parts.opening(
    f"One net, many numbers: {title(spec)}",
    "How much work is one image? Each bar is a tool or a paper, and how far it is from the multiply-adds of "
    "convolutions and fully connected layers.",
)
books.chart(spec)
with parts.together():
    parts.meaning(books.reading(spec))
    parts.section(
        "Line by line",
        "Every number as a sum: its terms name all that one convention counts and another leaves out.",
        books.table(spec),
    )
    parts.source(
        f"All for one image of {pixels(spec.input_shape)}. Conventions as read in the tools' sources and seen when "
        "they run: fvcore 0.1.5, thop 0.1.1, torchinfo 1.8.0, ptflops 0.7.5, calflops 0.3.2; DeepSpeed's was read "
        "alone. The paper says “FLOPs” and means multiply-adds: “3.6 billion FLOPs (multiply-adds)”, Section 3.3 of "
        f"{parts.PAPER}."
    )
    counting.parameters(spec)
    counting.step(spec)
counting.search()
confirm.panel(spec)
taking.away(spec, taking.LEDGER)
