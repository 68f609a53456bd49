"""No normalisation: the convolutions have biases then, as PyTorch's layers do."""

from resnet_explorer.spec.norms.norm import Norm

NONE = Norm(name="none", title="none", op=None)
