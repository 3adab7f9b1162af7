#!/bin/sh
# Install what is missing, build, make a demo community where there is no database, open the program.
#
#   sh config/run.sh [--build-only] [--db PATH] [-- OPTIONS OF youlin]
set -eu
cd "$(dirname "$0")/.."
. config/packages.sh

build_only= db=
while [ $# -gt 0 ]; do
	case $1 in
	--build-only) build_only=yes ;;
	--db)
		[ $# -ge 2 ] || { echo "--db 后面要写数据库文件的路径" >&2; exit 2; }
		db=$2
		shift ;;
	--) shift; break ;;
	*) echo "不认识的选项：$1（可用：--build-only、--db 路径）" >&2; exit 2 ;;
	esac
	shift
done

need_packages build/.packages "编译和运行 youlin" $BUILD_PACKAGES
if [ ! -f build/build.ninja ]; then
	rm -rf build/meson-private
	echo "第一次编译，大约一分钟……"
	meson setup build --buildtype=release >build/setup.log 2>&1 || { tail -20 build/setup.log >&2; exit 1; }
fi
ninja -C build youlin >build/build.log 2>&1 || { tail -40 build/build.log >&2; exit 1; }

[ -z "$build_only" ] || { echo "已编译：build/youlin"; exit 0; }
if [ -n "$db" ]; then
	build/youlin demo --if-missing "$db"
	exec build/youlin --db "$db" "$@"
fi
build/youlin demo --if-missing
exec build/youlin "$@"
