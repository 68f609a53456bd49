"""The description read as a real `torch.nn.Module`. Importing this imports torch."""

from resnet_explorer.model.build import assemble, build

__all__ = ["assemble", "build"]
