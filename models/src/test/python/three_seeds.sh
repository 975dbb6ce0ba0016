#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains the same recipe for three seeds with `ofp train` and with PyTorch, which draws its own random
# numbers, and prints what each network reaches on the same held-out scenes. Once more with less to do:
#
#   three_seeds.sh DIR [EPOCHS]     run in the project's folder; DIR must not exist
set -eu

dir=${1:?"usage: three_seeds.sh DIR [EPOCHS]"}
epochs=${2:-3}
python=${PYTHON:-python3}
here=$(dirname "$0")
recipe="--epochs $epochs --batch-size 8 --lr 2e-3 --schedule cosine --loss cross-entropy"
export OMP_WAIT_POLICY=PASSIVE MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=34359738368 MALLOC_ARENA_MAX=1

mkdir "$dir"
./ofp dataset --out "$dir/scenes" --count 1250 --size 64 --seed 1 --ground 5-7
for seed in 1 2 3; do
  ./ofp train --data "$dir/scenes" --out "$dir/ofp-$seed" --seed $seed $recipe
  "$python" "$here/train_scenes.py" --data "$dir/scenes" --out "$dir/torch-$seed" --seed $seed $recipe
done

for run in ofp torch; do
  for seed in 1 2 3; do
    printf '%s, seed %s: ' $run $seed
    # The last epoch's line, by the names of the columns.
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
             END { printf "mIoU %.2f, pixel accuracy %.2f, validation loss %.4f\n",
                   $column["miou"], $column["pixel_accuracy"], $column["validation_loss"] }' \
      "$dir/$run-$seed/metrics.csv"
  done
done
