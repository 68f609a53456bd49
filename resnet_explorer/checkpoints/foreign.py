"""Nets of other kinds, known by names that their own code gives to layers. Their names alone are told: none is read."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS = (
    ("TResNet", r"^body\.layer1[.]"),
    ("HRNet", r"stage2\.\d+\.(branches|fuse_layers)[.]"),
    ("SKNet", r"layer1\.0\.conv\d\.paths[.]"),
    ("ResNeSt", r"layer1\.0\.conv2\.bn0[.]"),
    ("Res2Net", r"layer1\.0\.convs\.\d"),
    ("CLIP", r"(^|\.)visual\.transformer\.resblocks[.]"),
    ("CaiT", r"(^|\.)blocks_token_only\.0[.]"),
    ("XCiT", r"(^|\.)cls_attn_blocks\.0[.]"),
    ("BEiT", r"blocks\.0\.gamma_1$"),
    ("Swin Transformer", r"(^|\.)attn\.relative_position_bias_table$|patch_merging|layers\.\d\.downsample\.reduction"),
    ("Vision Transformer (ViT)", r"(^|\.)(cls_token|class_token|patch_embed\.proj\.weight|encoder\.pos_embedding)$"),
    ("ConvNeXt", r"blocks\.0\.conv_dw\.weight$|features\.1\.0\.layer_scale$"),
    (
        "EfficientNet or MobileNetV3",
        r"conv_stem\.weight$|features\.1\.0\.block\.1\.fc1\.weight$|features\.1\.0\.block\.1\.0\.weight$",
    ),
    ("MobileNet", r"features\.1\.(conv|block)\.\d"),
    ("DenseNet", r"denseblock1[.]"),
    ("RegNet", r"trunk_output\.block1|s1\.b1\.conv1[.]|(^|\.)regnet\.encoder[.]"),
    ("Inception", r"Mixed_5b[.]"),
    ("GoogLeNet", r"inception3a[.]"),
    ("SqueezeNet", r"features\.3\.squeeze[.]"),
    ("ShuffleNet", r"stage2\.0\.branch2[.]"),
    ("MNASNet", r"^layers\.8\.0\.layers[.]"),
    ("MaxViT", r"MBconv"),
    ("MLP-Mixer", r"mlp_tokens[.]"),
    ("PoolFormer", r"stages\.0\.blocks\.0\.layer_scale1[.]"),
    ("EfficientFormer", r"head_dist\.weight$"),
    ("RepVGG", r"stem\.conv_kxk[.]"),
    ("DLA", r"base_layer\.0[.]"),
    ("Dual Path Network", r"conv2_1\.c1x1"),
    ("NFNet", r"stem\.conv\d?\.gain$"),
    ("ResNet-V2 in timm's names", r"^stages\.0\.blocks\.0\.downsample\.conv[.]"),
    ("diffusion U-Net", r"down_blocks\.0\.|input_blocks\.0[.]"),
    ("CoAtNet", r"^stages\.0\.blocks\.0\.conv1_1x1[.]"),
    ("YOLO", r"(^|\.)model\.\d+\.(conv|cv1)[.]"),
    ("language model", r"self_attn\.q_proj|attention\.self\.query|\.attn\.c_attn[.]"),
    ("VGG with other layers", r"^features\.(?:1[3-9]|[2-5]\d)\.weight$"),
    ("AlexNet", r"^features\.(?:12|10)\.weight$"),
)
"""What a net is called, and a name of one of its tensors. The first that is found counts."""
OTHER_BLOCKS = frozenset({"SKNet", "ResNeSt", "Res2Net"})
"""Nets that have a ResNet's names, and in each of its blocks something else."""
MOST_LOOKED_AT, MOST_LETTERS = 2_000, 60_000
"""Names, and letters of them: by its first blocks a net is known."""
_PATTERNS = tuple((name, re.compile(pattern, re.MULTILINE)) for name, pattern in MARKS)


def foreign(names: Iterable[str]) -> str:
    """What a net is called of which these are the tensors; empty where that is not known."""
    listed = "\n".join(islice(names, MOST_LOOKED_AT))[:MOST_LETTERS]
    return next((called for called, mark in _PATTERNS if mark.search(listed)), "")
