#!/bin/sh
# make_demo.sh YOULIN DATABASE: a small demo community, made anew; the wall clock is the tests' own (clock.c).
set -eu
program=$1 database=$2
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
rm -f "$database" "$database".*
HOME=$home XDG_DATA_HOME=$home XDG_STATE_HOME=$home XDG_CONFIG_HOME=$home YOULIN_CONFIG= TZ=Asia/Shanghai LANG=C.UTF-8 \
	ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0:quarantine_size_mb=16 LD_PRELOAD=$LD_PRELOAD_FOR_YOULIN \
	"$program" --db "$database" demo --scale small --seed 7 >/dev/null
