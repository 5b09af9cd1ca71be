#!/bin/sh
# 安装或升级，不需要联网。用法：sh install.sh [安装目录]，默认 /opt/bumen-yusuan。
#
# 安装目录里：versions/<版本>/ 程序（各版本并存），current → 现用版本，site.env 设置，
# data/ 数据库、发布文件、内部文件、备份。升级只换 current，不动 site.env 和 data/。
set -eu
umask 022

HERE=$(cd "$(dirname "$0")" && pwd)
HOME_DIR=${1:-/opt/bumen-yusuan}
PYTHON=${PYTHON:-python3}

fail() { echo "安装没有完成：$1" >&2; exit 1; }

case $HOME_DIR in
    /*) ;;
    *) fail "安装目录须写绝对路径，现在是 $HOME_DIR" ;;
esac

cd "$HERE"
echo "一、核对安装包"
sha256sum --quiet --strict -c SHA256SUMS || fail "安装包不完整或被改动，请重新拷贝"

WANTED=$(cat python)
FOUND=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) \
    || fail "本机没有 $PYTHON；请安装 Python $WANTED，或用 PYTHON=/路径/python$WANTED 指明"
[ "$FOUND" = "$WANTED" ] || fail "本安装包用于 Python $WANTED，本机是 $FOUND"

VERSION=$(cat version)
PLACE=$HOME_DIR/versions/$VERSION
DRAFT=$HOME_DIR/versions/.installing-$VERSION

echo "二、安装程序 $VERSION 到 $PLACE"
mkdir -p "$HOME_DIR/versions"
[ -d "$HOME_DIR/data" ] || mkdir -m 750 "$HOME_DIR/data"
if [ ! -d "$PLACE" ]; then
    rm -rf "$DRAFT"
    mkdir "$DRAFT"
    tar -xf source.tar -C "$DRAFT"
    mkdir -p "$DRAFT/build"
    cp -R fonts "$DRAFT/build/fonts"
    mkdir -p "$DRAFT/build/fonts/cache"
    cp -R static "$DRAFT/build/static"
    # 本机缺少 PDF 所需的库时，用安装包里的。
    if ! "$PYTHON" -c '
import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)' 2>/dev/null; then
        cp -R native "$DRAFT/build/native"
    fi
    mv "$DRAFT" "$PLACE"
fi
# 程序的环境记着自己的路径，所以在正式位置上建立；建好才算装完。
if [ ! -e "$PLACE/.installed" ]; then
    rm -rf "$PLACE/.venv"
    "$PYTHON" -m venv --without-pip "$PLACE/.venv" || fail "建立 Python 环境失败"
    "$PLACE/.venv/bin/python" "$(ls "$HERE"/wheels/pip-*.whl)/pip" install --quiet \
        --disable-pip-version-check --no-index --find-links "$HERE/wheels" \
        --require-hashes -r "$PLACE/requirements.lock" || fail "安装程序包失败"
    touch "$PLACE/.installed"
fi

echo "三、设置"
if [ ! -e "$HOME_DIR/site.env" ]; then
    KEY=$("$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(48))')
    (umask 027; sed -e "s|@HOME@|$HOME_DIR|g" -e "s|@KEY@|$KEY|" site.env > "$HOME_DIR/site.env")
    echo "    已写入 $HOME_DIR/site.env，请按需修改（网址、数据库、是否经 HTTPS 代理）"
else
    echo "    保留原有的 $HOME_DIR/site.env"
fi
ln -sfn "$HOME_DIR/site.env" "$PLACE/.env"
for unit in *.service *.timer; do
    sed "s|@HOME@|$HOME_DIR|g" "$unit" > "$PLACE/$unit"
done

echo "四、数据库"
cd "$PLACE"
.venv/bin/python manage.py check --fail-level ERROR > /dev/null || fail "设置有误，见上"
.venv/bin/python manage.py migrate --noinput -v0 || fail "数据库升级失败；现用版本没有改变"
.venv/bin/python manage.py loadcodes > /dev/null || fail "载入科目表失败；现用版本没有改变"

ln -sfn "versions/$VERSION" "$HOME_DIR/.current-new"
mv -T "$HOME_DIR/.current-new" "$HOME_DIR/current"

cat <<END
五、完成。接下来：
    1. 首次安装，建立三员账户：cd $HOME_DIR/current && .venv/bin/python manage.py createadmins
    2. 建立运行用户并交付数据目录：useradd --system site; chown -R site $HOME_DIR/data \\
       $HOME_DIR/current/build/fonts/cache; chgrp site $HOME_DIR/site.env
    3. 作为服务运行：cp $HOME_DIR/current/*.service $HOME_DIR/current/*.timer /etc/systemd/system/
       systemctl daemon-reload; systemctl enable --now bumen-yusuan bumen-yusuan-nightly.timer
       数据库用 PostgreSQL 的，再启用 bumen-yusuan-worker
    4. 检查：curl http://127.0.0.1:8000/readyz
详见 $HOME_DIR/current/docs/guide-operations.md
END
