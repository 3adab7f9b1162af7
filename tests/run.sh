#!/bin/sh
# Install what the tests need, build with AddressSanitizer and UndefinedBehaviorSanitizer, run every suite.
#
#   sh tests/run.sh [SUITE …]     e.g. sh tests/run.sh base store
set -eu
cd "$(dirname "$0")/.."
. config/packages.sh

need_packages build-test/.packages "编译和测试 youlin" $BUILD_PACKAGES $TEST_PACKAGES
if [ ! -f build-test/build.ninja ]; then
	rm -rf build-test/meson-private
	meson setup build-test --buildtype=debug -Dtests=true -Db_sanitize=address,undefined -Db_lundef=false
fi
ninja -C build-test --quiet

suites=
for suite in "$@"; do
	suites="$suites --suite $suite"
done
log=build-test/meson-logs/testlog-sanitizers.json status=0
rm -f "$log"
# Tests wait as long as they work, for screens to be quiet and for the disk: two a core keep the cores busy.
meson test -C build-test --print-errorlogs --no-rebuild --setup sanitizers --num-processes $(($(nproc) * 2)) $suites || status=$?
python3 tests/summary.py "$log" || status=1
exit $status
