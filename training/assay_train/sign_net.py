"""The sign finder: a small network that sees where Sora's mark stands in two grey frames of one scene.

Input `frames`: (1, 2, height, width), grey 0..255, short side 240, sides multiples of 16.
Output `map`: (1, 4, height / 8, width / 8): probability that a mark's word starts in the cell, its place in the cell in
parts of a cell's side from the cell's middle (x, y), and the natural logarithm of its print's size over 16 pixels.
"""

import torch
from torch import nn
from torch.nn import functional

CELL = 8
UNIT = 16.0
#: Contrast is measured against a neighbourhood of so many blocks of so many pixels, in each direction.
BLOCK = 4
AROUND = 13
#: Grey levels that are added to the deviation: below that all is noise of the coding.
FLOOR = 4.0


class Contrast(nn.Module):
    """Each frame as it is, and measured against its neighbourhood, about -3..3: faint marks are seen in the second."""

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        mean = self._mean(frames)
        off = frames - mean
        deviation = torch.sqrt(self._mean(off * off) + 1.0) + FLOOR
        return torch.cat([frames / 64 - 2, torch.clamp(off / deviation, -3, 3)], dim=1)

    @staticmethod
    def _mean(x: torch.Tensor) -> torch.Tensor:
        blocks = functional.avg_pool2d(x, BLOCK, BLOCK)
        means = functional.avg_pool2d(blocks, AROUND, 1, AROUND // 2, count_include_pad=False)
        return functional.interpolate(means, scale_factor=float(BLOCK), mode="nearest")


def block(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class SignNet(nn.Module):
    """About 220,000 weights; 0.3 G multiplications for a frame of 427 x 240."""

    def __init__(self) -> None:
        super().__init__()
        self.contrast = Contrast()
        self.fine = nn.Sequential(block(4, 16, 2), block(16, 24, 2), block(24, 24), block(24, 48, 2), block(48, 48))
        self.coarse = nn.Sequential(block(48, 64, 2), block(64, 64), block(64, 64))
        self.join = nn.Sequential(block(112, 48), nn.Conv2d(48, 4, 1))
        nn.init.constant_(self.join[-1].bias, -3.0)
        with torch.no_grad():
            self.join[-1].bias[1:] = 0

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        """Logits in the place of probabilities."""
        fine = self.fine(self.contrast(frames))
        coarse = functional.interpolate(self.coarse(fine), scale_factor=2.0, mode="nearest")
        return self.join(torch.cat([fine, coarse], dim=1))


class Shipped(nn.Module):
    """The network as it is exported: probabilities."""

    def __init__(self, net: SignNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        out = self.net(frames)
        return torch.cat([torch.sigmoid(out[:, :1]), out[:, 1:]], dim=1)
