"""Nets as people write them in notebooks: what from_module must take. Each is a module that takes one tensor."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class InPlace(nn.Module):
    """Functional ReLU, out += x, a lambda for the shortcut."""

    def __init__(self, c_in: int, c_out: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        extra = c_out - c_in
        self.shortcut = (
            (lambda x: F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, extra // 2, extra - extra // 2)))
            if stride > 1
            else nn.Sequential()
        )

    def forward(self, x: Tensor) -> Tensor:
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += self.shortcut(x)
        return F.relu(out)


def lambdas() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, 1, 1), InPlace(8, 8, 1), InPlace(8, 16, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
        nn.Linear(16, 10),
    )  # fmt: skip


class Flat(nn.Module):
    """All in one forward: residual additions outside any block, the shortcut written first."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2, self.conv3 = (nn.Conv2d(a, 8, 3, padding=1) for a in (3, 8, 8))
        self.fc = nn.Linear(8, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv1(x).relu()
        x = x + self.conv2(x).relu()
        x = x + self.conv3(x).relu()
        return self.fc(x.mean((2, 3)))


class Shared(nn.Module):
    """One block called three times, and a convolution whose weight another layer has."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 1)
        self.block = InPlace(8, 8, 1)
        self.twin = nn.Conv2d(3, 8, 1)
        self.twin.weight = self.stem.weight

    def forward(self, x: Tensor) -> Tensor:
        y = self.stem(x)
        for _ in range(3):
            y = self.block(y)
        return y + self.twin(x)


class OneAxis(nn.Module):
    """A net for signals."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv1d(2, 8, 7, 2, 3)
        self.bn = nn.BatchNorm1d(8)
        self.body = nn.Sequential(nn.Conv1d(8, 8, 3, padding=2, dilation=2), nn.GELU())
        self.pool = nn.MaxPool1d(2)
        self.fc = nn.Linear(8, 4)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn(self.stem(x)))
        x = self.pool(x + self.body(x))
        return self.fc(x.mean(-1))


class Chooses(nn.Module):
    """Its way depends on what it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Conv2d(3, 4, 1), nn.Conv2d(3, 4, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.a(x) if x.sum() >= 0 else self.b(x)


class Several(nn.Module):
    """A dictionary comes out, and weights that nobody uses stay."""

    def __init__(self) -> None:
        super().__init__()
        self.backbone = nn.Conv2d(3, 8, 3, 2, 1)
        self.out, self.aux = nn.Conv2d(8, 5, 1), nn.Conv2d(8, 5, 1)
        self.idle = nn.Linear(7, 3)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        y = self.backbone(x)
        return {"out": F.interpolate(self.out(y), scale_factor=2, mode="bilinear"), "aux": self.aux(y)}


class Squeezed(nn.Module):
    """A squeeze-excite gate around a branch, ReLU6 and SiLU, a kernel that is not square."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, (1, 7), padding=(0, 3))
        self.tall = nn.Conv2d(8, 8, (7, 1), padding=(3, 0), groups=2, bias=False)
        self.down, self.up = nn.Conv2d(8, 2, 1), nn.Conv2d(2, 8, 1)
        self.back = nn.ConvTranspose2d(8, 4, 4, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu6(self.stem(x))
        y = self.tall(x)
        s = torch.sigmoid(self.up(F.silu(self.down(y.mean((2, 3), keepdim=True)))))
        return self.back(x + y * s)


class Transformer(nn.Module):
    """Patches, a learned token, attention, Linear on tokens, LayerNorm, a learned scale of the branch."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = nn.Conv2d(3, 16, 8, 8)
        self.token, self.scale = nn.Parameter(torch.zeros(1, 1, 16)), nn.Parameter(torch.ones(16))
        self.norm1, self.norm2 = nn.LayerNorm(16), nn.LayerNorm(16)
        self.attention = nn.MultiheadAttention(16, 2, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(16, 32), nn.GELU(), nn.Dropout(0.1), nn.Linear(32, 16))

    def forward(self, x: Tensor) -> Tensor:
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.token.expand(x.shape[0], -1, -1), x), 1)
        n = self.norm1(x)
        x = x + self.attention(n, n, n)[0]
        return x + self.scale * self.mlp(self.norm2(x))


class Standardised(nn.Conv2d):
    """A convolution with its weights standardised at each call."""

    def forward(self, x: Tensor) -> Tensor:
        w = (self.weight - self.weight.mean((1, 2, 3), keepdim=True)) / self.weight.std((1, 2, 3), keepdim=True)
        return F.conv2d(x, w, self.bias, self.stride, self.padding)


class Strange(nn.Module):
    """Operations of no known kind, one of them with work."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = Standardised(3, 4, 3)
        self.mix = nn.Bilinear(6, 6, 5)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.cumsum(self.conv(x), 1)
        return self.mix(x, torch.sinc(x))


NETS = {
    "lambdas": (lambdas, (3, 8, 8)),
    "flat": (Flat, (3, 8, 8)),
    "shared": (Shared, (3, 8, 8)),
    "signals": (OneAxis, (2, 64)),
    "chooses": (Chooses, (3, 8, 8)),
    "several": (Several, (3, 16, 16)),
    "squeezed": (Squeezed, (3, 16, 16)),
    "transformer": (Transformer, (3, 32, 32)),
    "strange": (Strange, (3, 8, 8)),
}
