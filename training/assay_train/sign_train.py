"""Trains the sign finder on `work/signs` (see `sign_pairs.py`) and writes `work/sign.pt`.

    python -m assay_train.sign_train [--minutes M] [--seed S] [--goes-on]
"""

import argparse
import random
import time

import numpy as np
import torch
from torch.nn import functional

from . import paths
from .sign_net import CELL, UNIT, SignNet
from .sign_pairs import folder

CROP = 128
BATCH = 16
PEAK_RATE = 4e-3
PAIRS = ((0, 1), (2, 3), (1, 2), (0, 0))
PAIR_ODDS = (4, 4, 2, 1)


def weights_file():
    return paths.WORK / "sign.pt"


def load() -> list[tuple[np.ndarray, np.ndarray]]:
    found = []
    for file in sorted(folder().glob("*.npz")):
        try:
            with np.load(file) as held:
                found.append((held["grey"], held["marks"]))
        except (OSError, ValueError):
            continue  # is being written
    return found


def crop(sample: tuple[np.ndarray, np.ndarray], rng: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """Two frames of a part of a clip, and the marks whose word starts in it."""
    grey, marks = sample
    a, b = rng.choices(PAIRS, PAIR_ODDS)[0]
    last = len(grey) - 1
    pair = grey[[min(a, last), min(b, last)]][:: rng.choice((1, -1))]
    height, width = pair.shape[1:]
    if len(marks) and rng.random() < 0.7:
        x, y, _ = marks[rng.randrange(len(marks))]
        left, top = round(x - rng.uniform(0.2, 0.8) * CROP), round(y - rng.uniform(0.1, 0.9) * CROP)
    else:
        left, top = rng.randint(0, width - 32), rng.randint(0, height - 32)
    left, top = min(max(left, 0), max(0, width - CROP)), min(max(top, 0), max(0, height - CROP))
    part = pair[:, top : top + CROP, left : left + CROP].astype(np.float32)
    part = (part - 128) * rng.uniform(0.8, 1.2) + 128 + rng.uniform(-15, 15)
    full = np.zeros((2, CROP, CROP), np.float32)
    full[:, : part.shape[1], : part.shape[2]] = part.clip(0, 255)
    return full, marks - np.array([left, top, 0], np.float32)


def targets(marks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each cell has to say, and its weight: 1 where a word starts, 0 beside it, -1 elsewhere."""
    side = CROP // CELL
    middle = (np.arange(side) + 0.5) * CELL
    kind, told = -np.ones((side, side), np.float32), np.zeros((3, side, side), np.float32)
    for x, y, size in marks:
        dx, dy = (x - middle[None, :]) / CELL, (y - middle[:, None]) / CELL
        dx, dy = np.broadcast_to(dx, (side, side)), np.broadcast_to(dy, (side, side))
        near = (abs(dx) < 1.5) & (abs(dy) < 1.5)
        told[:, near] = np.stack([dx, dy, np.full_like(dx, np.log(size / UNIT))])[:, near]
        kind[near & (kind < 0)] = 0
        kind[(abs(dx) <= 0.55) & (abs(dy) <= 0.55)] = 1
    return kind, told


def loss_of(out: torch.Tensor, kind: torch.Tensor, told: torch.Tensor) -> torch.Tensor:
    """Focal loss of the cells (those beside a start count for nothing), and the distance of what they tell."""
    log, p = out[:, 0], torch.sigmoid(out[:, 0])
    count = (kind == 1).sum().clamp(min=1)
    hit = ((1 - p) ** 2 * functional.softplus(-log))[kind == 1].sum()
    miss = (p**2 * functional.softplus(log))[kind < 0].sum()
    near = (kind >= 0)[:, None].expand_as(told)
    off = functional.smooth_l1_loss(out[:, 1:][near], told[near], reduction="sum") / near[:, :1].sum().clamp(min=1)
    return (hit + miss) / count + off


def batch(samples, rng: random.Random) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    frames, kinds, tolds = [], [], []
    for _ in range(BATCH):
        frame, marks = crop(samples[rng.randrange(len(samples))], rng)
        kind, told = targets(marks)
        frames.append(frame)
        kinds.append(kind)
        tolds.append(told)
    return tuple(torch.from_numpy(np.stack(each)) for each in (frames, kinds, tolds))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goes-on", action="store_true", help="from the weights that there are")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    samples = load()
    net = SignNet().train()
    if args.goes_on:
        net.load_state_dict(torch.load(weights_file(), weights_only=True))
    optimiser = torch.optim.AdamW(net.parameters(), lr=PEAK_RATE, weight_decay=1e-3)
    begun, step, mean = time.monotonic(), 0, 0.0
    while (done := (time.monotonic() - begun) / (60 * args.minutes)) < 1:
        if step % 200 == 199:
            samples = load()
        rate = PEAK_RATE * min(1, done / 0.02, (1 - done) / 0.7)
        for group in optimiser.param_groups:
            group["lr"] = max(rate, 1e-6)
        frames, kind, told = batch(samples, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = net(frames)
        loss = loss_of(out.float(), kind, told)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        step += 1
        mean += (loss.item() - mean) * max(0.02, 1 / step)
        if step % 100 == 0:
            print(f"step {step}, {len(samples)} clips, loss {mean:.3f}", flush=True)
            torch.save(net.state_dict(), weights_file())
    torch.save(net.state_dict(), weights_file())


if __name__ == "__main__":
    main()
