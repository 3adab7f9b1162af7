# Sourced by config/run.sh and tests/run.sh: installs Debian packages that are missing, or says plainly what is needed.
#
# need_packages STAMP WHY PACKAGE…   STAMP: a file that remembers the list, so that a second start asks nobody

need_packages() {
	stamp=$1 why=$2
	shift 2
	wanted="$*"
	if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
		return 0
	fi
	if ! command -v dpkg-query >/dev/null 2>&1; then
		echo "本机不是 Debian 系统，无法自动安装。请先自行准备这些软件包（$why）：" >&2
		echo "  $wanted" >&2
		return 1
	fi
	missing=
	for package in $wanted; do
		case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
		*"ok installed") ;;
		*) missing="$missing $package" ;;
		esac
	done
	if [ -n "$missing" ]; then
		as_root=
		if [ "$(id -u)" != 0 ]; then
			if command -v sudo >/dev/null 2>&1; then
				as_root=sudo
			else
				echo "缺少软件包（$why）：$missing" >&2
				echo "当前用户不是 root，也没有 sudo。请让管理员运行：" >&2
				echo "  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
				return 1
			fi
		fi
		echo "安装软件包（$why）：$missing"
		if ! $as_root apt-get update -qq ||
		   ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
			echo "软件包没有装上。请检查网络或软件源后再试：apt-get install$missing" >&2
			return 1
		fi
	fi
	mkdir -p "$(dirname "$stamp")"
	echo "$wanted" >"$stamp"
}

BUILD_PACKAGES="gcc libc6-dev meson ninja-build pkg-config python3 libncurses-dev libsqlite3-dev libiniparser-dev libsodium-dev libutf8proc-dev libcsv-dev libxlsxwriter-dev libpango1.0-dev fonts-wqy-microhei unicode-data ncurses-term"
TEST_PACKAGES="libcmocka-dev libvterm-dev sqlite3 poppler-utils"
