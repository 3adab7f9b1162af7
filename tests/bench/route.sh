#!/bin/sh
# The routing planner on benchmark files: gap to the best known cost, unserved meals, time.
#
#   sh tests/bench/route.sh [--seconds S] [--seeds N] [--best CSV] [FILE …]
#
#   --seconds S  CPU seconds a run (1)
#   --seeds N    runs a file; the mean is shown (1)
#   --best CSV   best known results: instance,cost or instance,unserved,cost and whatever follows; a head line is passed over
#   FILE         .vrp, Solomon .txt, .meal; without them those of tests/data/route and .meal files made by tests/tools/gen_canteen.py
#
# Builds a release into build-bench/. Exit status: 0 every plan valid, 1 some not, 2 it could not be measured.
set -eu
cd "$(dirname "$0")/../.."
. config/packages.sh

need_packages build-bench/.packages.assign "测速" $BUILD_PACKAGES
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >build-bench/setup.log 2>&1 ||
	{ tail -20 build-bench/setup.log >&2; exit 2; }
ninja -C build-bench --quiet tests/bench/bench_route
exec python3 tests/bench/route.py --program build-bench/tests/bench/bench_route "$@"
