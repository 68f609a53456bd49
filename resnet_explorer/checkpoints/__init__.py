"""Which net a file of weights is: read, described, and held against the named nets and the paper."""

from resnet_explorer.checkpoints.identity import Against, Identity, identify, identify_header
from resnet_explorer.checkpoints.load import Loaded, load

__all__ = ["Against", "Identity", "Loaded", "identify", "identify_header", "load"]
