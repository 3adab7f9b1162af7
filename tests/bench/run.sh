#!/bin/sh
# How fast a key becomes a frame, on ten years of issues, beside tig, visidata and sqlite3 in the same run.
#
#   sh tests/bench/run.sh [--quick] [--peers] [--size ROWSxCOLS] [--repository PATH]
#
#   --quick            a tenth of the keys
#   --peers            install tig and visidata with apt where they are missing; else they are said to be absent
#   --repository PATH  git repository for tig (or $BENCH_REPOSITORY); without it one of 100,000 commits is made
#
# Builds a release into build-bench/. The demo database of ten years is made once (a few minutes, 1 GB) and kept in
# ${XDG_CACHE_HOME:-~/.cache}/youlin-bench until what it is made of changes, as is the repository; each run works on a copy of the database.
# Exit status: 0 all budgets kept, 1 some missed, 2 it could not be measured.
set -eu
cd "$(dirname "$0")/../.."
. config/packages.sh

size=30x100 times=200 peers= repository=${BENCH_REPOSITORY:-}
while [ $# -gt 0 ]; do
	case $1 in
	--quick) times=20 ;;
	--peers) peers=yes ;;
	--size) size=$2; shift ;;
	--repository) repository=$2; shift ;;
	*) sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
	esac
	shift
done

need_packages build-bench/.packages "测速" $BUILD_PACKAGES libvterm-dev sqlite3 git
[ -z "$peers" ] || need_packages build-bench/.peers "对比测速" tig visidata
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >build-bench/setup.log 2>&1 ||
	{ tail -20 build-bench/setup.log >&2; exit 2; }
ninja -C build-bench --quiet youlin

cache=${XDG_CACHE_HOME:-$HOME/.cache}/youlin-bench
# The demo goes through the flow's own steps: what it holds follows from forms, deadlines and every rule, not from demo*.c alone.
content=$(find src/base src/store src/domain include/base include/store include/domain forms config/*.ini -type f -exec cksum {} + |
	LC_ALL=C sort -k 3 | cksum | cut -d ' ' -f 1)
decade=$cache/decade-$content
mkdir -p "$cache"
if [ ! -f "$decade/made" ]; then
	echo "making ten years of issues in $decade (once)" >&2
	rm -rf "$cache"/decade-*
	mkdir -p "$decade"
	build-bench/youlin demo --seed 1 --scale decade "$decade/youlin.db" >"$decade/log"
	: >"$decade/made"
fi
if [ -z "$repository" ] && command -v tig >/dev/null 2>&1; then
	repository=$cache/commits.git
	[ -d "$repository" ] || python3 tests/bench/synthetic_repo.py "$repository" 100000
fi

work=$cache/run
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
cp "$decade"/youlin.db* "$work"/
status=0
python3 tests/bench/bench.py --program build-bench/youlin --db "$work/youlin.db" --work "$work" --size "$size" -n "$times" \
	${repository:+--repository "$repository"} || status=$?
exit $status
