#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# build.sh FOLDER: compiles forward.c to FOLDER/libcufft.so.10, with the symbol version that JCufft
# 11.8 asks for. Needs a C compiler, and no CUDA.
set -euo pipefail
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
out=$1
mkdir -p "$out"
printf 'libcufft.so.10 { global: cufft*; local: *; };\n' >"$out/versions.map"
"${CC:-cc}" -O2 -shared -fPIC -Wl,-soname,libcufft.so.10 -Wl,--version-script="$out/versions.map" \
  -o "$out/libcufft.so.10" "$here/forward.c" -ldl
rm "$out/versions.map"
