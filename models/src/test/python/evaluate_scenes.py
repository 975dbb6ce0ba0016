#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The metrics of `ofp evaluate --model unet-efficientnet-b0 --device none`, from PyTorch.

    evaluate_scenes.py --data DIR --weights FILE.safetensors [--split validation] [--size N]

prints one line of JSON: pixelAccuracy, classAccuracy, mIoU, datasetMIoU in percent. Weights may be
F32 or F16; the network computes in float32.

Needs torch, numpy and Pillow.
"""

import argparse
import json
import os

import numpy as np
import torch

from scenes import Scenes, evaluate
from unet_efficientnet import UNetEfficientNet, read_safetensors

REACHED_BLOCKS = 11


def network(classes):
    """Without the blocks that the forward pass does not reach."""
    model = UNetEfficientNet(classes)
    del model.optical_encoder.blocks[REACHED_BLOCKS:]
    return model


def load(model, path):
    """Strict, but for the unreached blocks, which a file may have."""
    tensors = {
        name: torch.from_numpy(values.astype(np.float32))
        for name, values in read_safetensors(path).items()
    }
    beyond = [f"optical_encoder.blocks.{i}." for i in range(REACHED_BLOCKS, 16)]
    wanted = {n: t for n, t in tensors.items() if not n.startswith(tuple(beyond))}
    model.load_state_dict(wanted, strict=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", metavar="DIR", required=True)
    parser.add_argument("--weights", metavar="FILE", required=True)
    parser.add_argument("--split", choices=("all", "training", "validation"), default="all")
    parser.add_argument("--split-seed", type=int, default=0)
    parser.add_argument("--size", type=int, help="resize the squares")
    parser.add_argument("--batch-size", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    scenes = Scenes(args.data, args.size)
    training, validation = scenes.split(args.split_seed)
    indices = {
        "all": np.arange(len(scenes.names)),
        "training": training,
        "validation": validation,
    }[args.split]
    model = network(scenes.classes)
    load(model, args.weights)
    figures, _ = evaluate(model, scenes, indices, args.batch_size)
    report = {"weights": os.path.basename(args.weights), "split": args.split, "samples": len(indices)}
    report.update({name: round(value, 4) for name, value in figures.items()})
    print(json.dumps(report))


if __name__ == "__main__":
    main()
