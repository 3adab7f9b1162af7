#!/bin/sh
# The assignment planner beside GLPK and CBC on the same files in one run.
#
#   sh tests/bench/assign.sh [--peers] [--limit SECONDS] [FILE …]
#
#   --peers          install glpk-utils and coinor-cbc with apt where they are missing; else they are said to be absent
#   --limit SECONDS  CPU time after which a peer is stopped (200)
#   FILE             .roster files; without them those of tests/tools/gen_roster.py are made
#
# Builds a release into build-bench/. Exit status: 0 every plan valid and within its target, 1 some not, 2 it could not be measured.
set -eu
cd "$(dirname "$0")/../.."
. config/packages.sh

peers= limit=200
while [ $# -gt 0 ]; do
	case $1 in
	--peers) peers=yes ;;
	--limit) limit=$2; shift ;;
	--*) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
	*) break ;;
	esac
	shift
done

need_packages build-bench/.packages.assign "测速" $BUILD_PACKAGES
[ -z "$peers" ] || need_packages build-bench/.peers.assign "对比测速" glpk-utils coinor-cbc
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >build-bench/setup.log 2>&1 ||
	{ tail -20 build-bench/setup.log >&2; exit 2; }
ninja -C build-bench --quiet tests/bench/bench_assign
exec python3 tests/bench/assign.py --program build-bench/tests/bench/bench_assign --limit "$limit" ${peers:+--peers} "$@"
