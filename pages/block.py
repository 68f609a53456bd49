"""Block: one residual block drawn to scale, beside its plain counterpart."""

import streamlit as st

from resnet_explorer.analysis import formula, shapes
from resnet_explorer.analysis.conventions import sizes
from resnet_explorer.analysis.sentence import say
from resnet_explorer.spec import title
from resnet_explorer.ui.pages import block as anatomy
from resnet_explorer.ui.parts import taking
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import link

spec = link.net()
parts.opening(f"A block of {title(spec)}", anatomy.look(spec))
path = anatomy.chosen(spec)
residual, plain = anatomy.pair(spec, path)
own, other = (residual, plain) if anatomy.goes_round(spec, path) else (plain, residual)
anatomy.choice(spec.residual, path)
anatomy.drawn(spec, path)
parts.meaning(anatomy.reading(own))

parts.section(
    "Operation by operation", "Each with its own parameters and multiply-adds, and their working.", of="table"
)
with st.container(key="workings"):
    parts.table(
        [
            {
                "operation": f"`{layer.path}`",
                "on": "shortcut" if layer.node.shortcut else "gate" if layer.node.gate else "branch",
                "takes": sizes(layer.input_shape),
                "gives": Derived(sizes(layer.output_shape), shapes.of_shape(layer)),
                "parameters": formula.working(layer, "params") or "none",
                "MACs": formula.working(layer, "macs") or "0",
            }
            for layer in own
        ]
        + [
            {
                "operation": "**all**",
                "on": "",
                "takes": "",
                "gives": "",
                "parameters": Derived.of(formula.of_layers(own, "params").said("**{:,}**")),
                "MACs": Derived.of(formula.of_layers(own, "macs").said("**{:,}**")),
            }
        ]
    )
parts.source(
    say(
        "Shapes are channels × height × width. MACs: multiply-adds of convolutions for one image; FLOPs = 2 × MACs. "
        "Its counterpart has ",
        formula.of_layers(other, "params"),
        f" parameters. Blocks: {anatomy.source(spec)}.",
    )
)
taking.away(spec, taking.block(path))
