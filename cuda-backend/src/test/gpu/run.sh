#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run.sh BUNDLE [ARGUMENTS]: runs the tests that pack.sh packed, on this machine's GPU. ARGUMENTS are
# those of JUnit's console launcher; without any all tests of the module run.
# run.sh BUNDLE --main CLASS [ARGUMENTS]: runs a program instead, such as a benchmark.
#
#   OFP_GPU=optional      skips the tests where there is no GPU; by default they fail
#   OFP_TESTS=quick       fewer repetitions; by default full
#   OFP_GPU_WORK=FOLDER   where Java is unpacked; by default $TMPDIR/ofp-gpu
#   OUT=FOLDER            where reports go; by default within OFP_GPU_WORK
#   XMX=8g                Java's heap
set -euo pipefail
bundle=$(readlink -f "${1:?usage: run.sh BUNDLE [ARGUMENTS], see the head of this script}")
shift
work=${OFP_GPU_WORK:-${TMPDIR:-/tmp}/ofp-gpu}
mkdir -p "$work"
# Named by its contents, and there whole or not at all: another bundle's Java is another folder.
java=$work/java-$(sha256sum "$bundle/jre.tar.xz" | cut -c1-16)
if [ ! -x "$java/jre/bin/java" ]; then
  unpacked=$(mktemp -d "$work/unpacking.XXXXXX")
  tar -xJf "$bundle/jre.tar.xz" -C "$unpacked" 2>/dev/null || # without xz
    python3 -c "import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])" \
      "$bundle/jre.tar.xz" "$unpacked"
  chmod 755 "$unpacked"
  # Another run may have been faster.
  mv -T "$unpacked" "$java" 2>/dev/null || rm -rf "$unpacked"
fi

# CUDA's libraries may lie in Python wheels, in folders of their own.
wheels=$(
  python3 - 2>/dev/null <<'P' || true
import glob, os, nvidia
print(":".join(sorted({os.path.dirname(f) for p in nvidia.__path__
                       for f in glob.glob(p + "/**/lib*.so*", recursive=True)})))
P
)
# The forwarder comes last: a real libcufft.so.10 goes before it.
LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${wheels:+$wheels:}/usr/local/nvidia/lib64
export LD_LIBRARY_PATH=$LD_LIBRARY_PATH:/usr/local/cuda/lib64:$bundle/cufft10

echo "== $(date -u +%FT%TZ) $(uname -sr), $(nproc) processors"
nvidia-smi 2>&1 || true
echo "== CUDA's libraries"
ldconfig -p 2>/dev/null | grep -E 'libcuda|libcufft|libcublas' || true
(IFS=:; for folder in $LD_LIBRARY_PATH; do
  ls "$folder"/libcu{da,fft,blas,blasLt,dart}.so.* 2>/dev/null || true
done)
echo "== run"

if [ "${1:-}" = --main ]; then
  shift
else
  [ $# -gt 0 ] || set -- --scan-classpath="$bundle/classes/test"
  set -- org.junit.platform.console.ConsoleLauncher execute --disable-banner \
    --disable-ansi-colors --details=tree --reports-dir="${OUT:-$work/reports}" "$@"
fi
# Tests of files of the module find them where this is a checkout.
module=$(CDPATH='' cd -P "$(dirname "$0")/../../.." 2>/dev/null && pwd || true)
[ ! -f "$module/src/test/gpu/run.sh" ] || cd "$module"
classpath=$bundle/classes/main:$bundle/classes/test
for folder in "$bundle"/classes/*/; do
  case $folder in */main/ | */test/) ;; *) classpath=$classpath:${folder%/} ;; esac
done
exec "$java/jre/bin/java" --enable-native-access=ALL-UNNAMED -Xmx"${XMX:-8g}" \
  -Dofp.gpu="${OFP_GPU:-required}" -Dofp.tests="${OFP_TESTS:-full}" -Djava.awt.headless=true \
  -Dorg.bytedeco.javacpp.cachedir="$work/javacpp" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
  -cp "$classpath:$bundle/lib/*" "$@"
