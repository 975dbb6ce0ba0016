#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# build.sh FOLDER: compiles the stand-ins for CUDA's libraries into it, under the names and symbol
# versions that the Java bindings ask for. Needs a C compiler; FakeCudaTest runs it.
set -euo pipefail
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
out=$1
mkdir -p "$out"

# library SONAME SOURCE [COMPILER OPTIONS]
library() {
  local name=$1 source=$2
  shift 2
  printf '%s { global: *; };\n' "$name" >"$out/$name.map"
  "${CC:-cc}" -O1 -fPIC -shared -Wl,-soname,"$name" -Wl,--version-script="$out/$name.map" "$@" \
    -o "$out/$name" "$source" -lm
  rm "$out/$name.map"
}

library libcuda.so.1 "$here/cuda.c"
library libcufft.so.10 "$here/cufft.c" -DOFP_VERSION=10901
library libcufft.so.12 "$here/cufft.c" -DOFP_VERSION=12000
library libcublas.so.13 "$here/cublas.c"
printf '' >"$out/empty.c"
library libcublasLt.so.13 "$out/empty.c"
library libcudart.so.13 "$out/empty.c"
rm "$out/empty.c"
