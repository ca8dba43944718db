"""The tiny autoencoder taef2 (madebyollin/taesd, MIT) in PyTorch: it makes the copies of the aligned pairs.

Pictures are float [n, 3, h, w] in 0..1 with sides that 8 divides; latents [n, 32, h/8, w/8].
"""

import torch
from torch import nn

from . import paths

WIDTH, LATENT, LIMIT = 64, 32, 3


def conv(inputs: int, outputs: int, **options) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1, **options)


class Block(nn.Module):
    """`pooled`: with the normalised side path of the blocks at the lowest resolution."""

    def __init__(self, pooled: bool) -> None:
        super().__init__()
        layers = [conv(WIDTH, WIDTH), nn.ReLU(), conv(WIDTH, WIDTH), nn.ReLU(), conv(WIDTH, WIDTH)]
        self.conv = nn.Sequential(*layers)
        wide = 4 * WIDTH
        side = [nn.Conv2d(WIDTH, wide, 1, bias=False), nn.GroupNorm(4, wide)]
        side += [nn.ReLU(), nn.Conv2d(wide, WIDTH, 1, bias=False)]
        self.pool = nn.Sequential(*side) if pooled else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x if self.pool is None else x + self.pool(x)
        return torch.relu(self.conv(x) + x)


class Clamp(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(x / LIMIT) * LIMIT


def _blocks(pooled: bool) -> list[nn.Module]:
    return [Block(pooled) for _ in range(3)]


def _encoder() -> nn.Sequential:
    layers: list[nn.Module] = [conv(3, WIDTH), Block(False)]
    for pooled in (False, False, True):
        layers += [conv(WIDTH, WIDTH, stride=2, bias=False), *_blocks(pooled)]
    return nn.Sequential(*layers, conv(WIDTH, LATENT))


def _decoder() -> nn.Sequential:
    layers: list[nn.Module] = [Clamp(), conv(LATENT, WIDTH), nn.ReLU()]
    for pooled in (True, False, False):
        layers += [*_blocks(pooled), nn.Upsample(scale_factor=2), conv(WIDTH, WIDTH, bias=False)]
    return nn.Sequential(*layers, Block(False), conv(WIDTH, 3))


def load() -> tuple[nn.Sequential, nn.Sequential]:
    """Encoder and decoder in bfloat16 with channels last, the fastest form on a CPU."""
    parts = (_encoder(), "taef2_encoder.pth"), (_decoder(), "taef2_decoder.pth")
    for module, name in parts:
        module.load_state_dict(torch.load(paths.models_dir() / name, map_location="cpu", weights_only=True))
    encoder, decoder = (
        module.eval().to(dtype=torch.bfloat16, memory_format=torch.channels_last) for module, _ in parts
    )
    return encoder, decoder
