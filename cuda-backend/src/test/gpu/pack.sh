#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# pack.sh [BUNDLE]: makes a folder with all that the tests of this module need on a machine that has
# a GPU and CUDA, and neither a JDK nor Maven: classes, jars, JUnit's console launcher, a small Java
# runtime, the forwarder for JCufft. By default ../../../target/gpu-bundle, which git ignores.
# Linux on x86-64, for the same. MAVEN_ARGS adds options for Maven, such as -o.
set -euo pipefail
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
module=$(CDPATH='' cd -P "$here/../../.." && pwd)
bundle=${1:-$module/target/gpu-bundle}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# shellcheck disable=SC2086
(cd "$module/.." && mvn -q -B ${MAVEN_ARGS:-} -pl cuda-backend -am test-compile \
  dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath")

rm -rf "$bundle"
mkdir -p "$bundle/lib" "$bundle/classes"
cp -r "$module/target/classes" "$bundle/classes/main"
cp -r "$module/target/test-classes" "$bundle/classes/test"
junit=''
IFS=: read -ra entries <<<"$(cat "$work/classpath")"
for entry in "${entries[@]}"; do
  case $entry in
    */junit-platform-launcher-*.jar)
      junit=${entry##*-}
      junit=${junit%.jar}
      ;;
    */junit-*.jar | */opentest4j-*.jar | */apiguardian-*.jar) ;; # in the console launcher
    *.jar) cp "$entry" "$bundle/lib/" ;;
    */target/classes) # another module of this repository
      name=$(basename "${entry%/target/classes}")
      cp -r "$entry" "$bundle/classes/$name"
      ;;
    *)
      echo "pack.sh: '$entry' on the class path is neither a jar nor a module's classes" >&2
      exit 1
      ;;
  esac
done
# shellcheck disable=SC2086
mvn -q -B ${MAVEN_ARGS:-} dependency:copy -DoutputDirectory="$bundle/lib" \
  -Dartifact="org.junit.platform:junit-platform-console-standalone:$junit"

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
"$java_home/bin/jlink" --module-path "$java_home/jmods" --strip-debug --no-header-files \
  --no-man-pages --compress=0 --output "$work/jre" --add-modules \
  java.base,java.desktop,java.instrument,java.logging,java.management,java.xml,jdk.jfr,jdk.management,jdk.unsupported
tar -C "$work" -c jre | xz -6 -T0 >"$bundle/jre.tar.xz"
"$here/cufft10/build.sh" "$bundle/cufft10"
cp "$here/run.sh" "$bundle/"

size=$(du -sm "$bundle" | cut -f1)
echo "pack.sh: $bundle, $size MB"
[ "$size" -le 60 ] || {
  echo "pack.sh: more than 60 MB; leave something out" >&2
  exit 1
}
