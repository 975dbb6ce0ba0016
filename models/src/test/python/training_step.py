#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One training step of every network in float64, from an independent implementation: loss, every
parameter's gradient, and what Adam then adds to the parameter.

Networks, weights and the first image are those of unet_efficientnet.py and vgg_networks.py; the
second image of the batch is the first one upside down. Stochastic depth is off (evaluation mode).
Labels come from the same formula (see labels()): classes 20 to 22 are absent, a tenth of the pixels
is ignored (255). Class 3 has weight 0 in the cross-entropy.

The gradients themselves, up to 41 million numbers a network, are not stored. For every tensor g
there are its norm and PROJECTIONS inner products with vectors u that both sides make by formula,
entries uniform in [-1, 1). For any error e, E[(u.e)^2] = |e|^2 / 3: from the differences of the
projections follows the size of the error, wherever in the tensor it is.

Needs torch and numpy alone.

    training_step.py --fixtures DIR     NAME/step-dice.f64 and NAME/step-cross-entropy.f64: float64,
                                        little-endian: the loss; then for each parameter that the
                                        forward pass reaches, in the order of parameters.txt: norm
                                        and projections of the gradient, norm and projections of
                                        Adam's change
"""

import argparse
import os

import numpy as np
import torch
from torch.nn import functional as F

import unet_efficientnet
import vgg_networks
from unet_efficientnet import CLASSES, image, uniform

PROJECTIONS = 4
LEARNING_RATE = 1e-4
IGNORED = 255
SIDES = {"unet-efficientnet-b0": 64}  # 32 elsewhere


def labels(size):
    """[2, size, size]: blocks of 4 pixels, unlike in the two samples."""
    blocks = size // 4
    u = uniform("labels", 2 * blocks * blocks).reshape(2, blocks, blocks)
    number = np.floor((u + 1) / 2 * 22.2).astype(np.int64)  # 0 to 22
    number[number >= 20] = IGNORED
    return torch.from_numpy(np.kron(number, np.ones((1, 4, 4), np.int64)))


def class_weights():
    weights = 1.0 + 0.75 * uniform("class weights", CLASSES)
    weights[3] = 0.0
    return torch.from_numpy(weights)


def dice(y_pred, y_true):
    """DiceLoss(mode="multiclass", from_logits=True, smooth=0, eps=1e-7, ignore_index=255)."""
    batch = y_true.size(0)
    y_pred = y_pred.log_softmax(dim=1).exp().view(batch, CLASSES, -1)
    y_true = y_true.view(batch, -1)
    mask = y_true != IGNORED
    y_pred = y_pred * mask.unsqueeze(1)
    y_true = F.one_hot((y_true * mask).to(torch.long), CLASSES)
    y_true = y_true.permute(0, 2, 1) * mask.unsqueeze(1)
    dims = (0, 2)
    intersection = torch.sum(y_pred * y_true, dim=dims)
    cardinality = torch.sum(y_pred + y_true, dim=dims)
    score = 2.0 * intersection / cardinality.clamp_min(1e-7)
    loss = 1.0 - score
    return (loss * (y_true.sum(dims) > 0).to(loss.dtype)).mean()


def cross_entropy(y_pred, y_true):
    return F.cross_entropy(y_pred, y_true, weight=class_weights(), ignore_index=IGNORED)


LOSSES = {"dice": dice, "cross-entropy": cross_entropy}


def networks():
    yield "unet-efficientnet-b0", unet_efficientnet.build
    for name in vgg_networks.NETWORKS:
        yield name, lambda name=name: vgg_networks.build(name)


def step(model, size, loss_of):
    """Loss, gradients and changes by name."""
    x = torch.from_numpy(image(size)).double()
    x = torch.cat([x, x.flip(2)])
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    optimiser.zero_grad(set_to_none=True)
    loss = loss_of(model(x), labels(size))
    loss.backward()
    optimiser.step()
    gradients, changes = {}, {}
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.grad is not None:
                gradients[name] = p.grad.numpy().ravel()
                changes[name] = (p - before[name]).numpy().ravel()
                p.copy_(before[name])
    return loss.item(), gradients, changes


def summary(vector, directions):
    return [np.linalg.norm(vector)] + [float(u @ vector) for u in directions]


def write(name, build, directory):
    model = build().double()
    size = SIDES.get(name, 32)
    steps = {kind: step(model, size, loss) for kind, loss in LOSSES.items()}
    rows = {kind: [steps[kind][0]] for kind in LOSSES}
    for key in steps["dice"][1]:
        count = len(steps["dice"][1][key])
        directions = [uniform(f"projection {k} of {key}", count) for k in range(PROJECTIONS)]
        for kind, (_, gradients, changes) in steps.items():
            rows[kind] += summary(gradients[key], directions) + summary(changes[key], directions)
    for kind, values in rows.items():
        path = os.path.join(directory, name, f"step-{kind}.f64")
        np.array(values, dtype="<f8").tofile(path)
        print(f"{name}, {kind}: loss {values[0]:.6f}, {len(values)} numbers")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fixtures", metavar="DIR", required=True)
    args = parser.parse_args()
    for name, build in networks():
        write(name, build, args.fixtures)


if __name__ == "__main__":
    main()
