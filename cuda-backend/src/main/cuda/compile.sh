#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Compiles the kernels beside it to PTX, with clang 14 or newer and nothing of CUDA. PTX 6.3 for
# compute capability 7.5 is what every driver since CUDA 10 takes and translates for its GPU. The
# first line of each result names the sources it was made of; a test checks it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=../resources/org/ofp/cuda
clang=${CLANG:-$(command -v clang || command -v clang-14 || true)}
[ -n "$clang" ] || { echo "compile.sh: clang was not found; install it or set CLANG" >&2; exit 1; }

# Everything that a source includes, itself first, each once, in the order of inclusion.
sources() {
  local seen=' ' queue=("$1") file
  while [ ${#queue[@]} -gt 0 ]; do
    file=${queue[0]}
    queue=("${queue[@]:1}")
    case $seen in *" $file "*) continue ;; esac
    seen+="$file "
    echo "$file"
    while read -r included; do queue+=("$included"); done \
      < <(sed -n 's/^#include "\(.*\)"/\1/p' "$file")
  done
}

mkdir -p "$out"
for source in *.cu; do
  target=$out/${source%.cu}.ptx
  "$clang" -x cuda --cuda-device-only --cuda-gpu-arch=sm_75 -nocudainc -nocudalib \
    -ffp-contract=off -Wno-unknown-cuda-version -Wall -Werror -O3 -S "$source" -o "$target.part"
  hash=$(sources "$source" | xargs cat | sha256sum | cut -d' ' -f1)
  { echo "// made of $source, SHA-256 $hash"; cat "$target.part"; } > "$target"
  rm "$target.part"
  echo "$target: $(grep -c '\.entry' "$target") kernels"
done
