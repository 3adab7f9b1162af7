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
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:detect_stack_use_after_return=0
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
status=0
meson test -C build-test --print-errorlogs --no-rebuild $suites || status=$?
python3 tests/summary.py build-test/meson-logs/testlog.json || status=1
exit $status
