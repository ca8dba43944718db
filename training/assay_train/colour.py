"""YUV to RGB as browsers do it without a graphics card: libyuv's arithmetic, in whole numbers, to the last bit.

Traces see how a conversion rounds: a graphics card's, ffmpeg's and this one give scores that differ by some hundredths.
"""

import numpy as np

# libyuv, row_common.cc and row.h, limited range, in 64ths: what U adds to blue and takes from green, V takes from green
# and adds to red. Blue's should be 2.02 and 2.11: it is cut off at 2, as the fast code keeps it in eight bits.
FACTORS = {"bt601": (128, 25, 52, 102), "bt709": (128, 14, 34, 115)}
Y_FACTOR, Y_SHIFT = 18997, -1160


def doubled(plane: np.ndarray, height: int, width: int) -> np.ndarray:
    """Each sample of a half-size plane [n, h, w] for the pixels that are nearest to it."""
    return plane.repeat(2, axis=1).repeat(2, axis=2)[:, :height, :width]


def planes(raw: bytes, width: int, height: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Frames as ffmpeg writes them in yuv420p -> Y [n, height, width], U and V of half the size, all int32."""
    half_w, half_h = (width + 1) // 2, (height + 1) // 2
    whole, half = width * height, half_w * half_h
    frames = np.frombuffer(raw, np.uint8).reshape(-1, whole + 2 * half).astype(np.int32)
    y, u, v = np.split(frames, [whole, whole + half], axis=1)
    return y.reshape(-1, height, width), u.reshape(-1, half_h, half_w), v.reshape(-1, half_h, half_w)


def rgb(y: np.ndarray, u: np.ndarray, v: np.ndarray, matrix: str) -> np.ndarray:
    """Planes of the same size, int32 in 0..255 -> uint8 [..., 3]."""
    u_blue, u_green, v_green, v_red = FACTORS[matrix]
    base = ((y * 0x0101 * Y_FACTOR) >> 16) + Y_SHIFT
    u, v = u - 128, v - 128
    found = np.stack([base + v * v_red, base - u * u_green - v * v_green, base + u * u_blue], axis=-1)
    return np.clip(found >> 6, 0, 255).astype(np.uint8)
