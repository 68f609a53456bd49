"""The initialisations."""

from resnet_explorer.model.inits.delta_orthogonal import DELTA_ORTHOGONAL
from resnet_explorer.model.inits.fixup_like import FIXUP_LIKE
from resnet_explorer.model.inits.he import HE
from resnet_explorer.model.inits.he_slope import HE_FAN_IN, HE_SLOPE
from resnet_explorer.model.inits.init import Fill, Init
from resnet_explorer.model.inits.near_identity import EPS, NEAR_IDENTITY
from resnet_explorer.model.inits.pytorch import PYTORCH
from resnet_explorer.model.inits.pytorch_unbiased import PYTORCH_UNBIASED
from resnet_explorer.model.inits.small_normal import SMALL_NORMAL
from resnet_explorer.model.inits.xavier import XAVIER
from resnet_explorer.registry import Registry

INITS = Registry(
    "initialisation",
    (
        HE,
        PYTORCH,
        XAVIER,
        SMALL_NORMAL,
        NEAR_IDENTITY,
        PYTORCH_UNBIASED,
        HE_FAN_IN,
        DELTA_ORTHOGONAL,
        FIXUP_LIKE,
        HE_SLOPE,
    ),
)

__all__ = ["EPS", "HE", "INITS", "Fill", "Init"]
