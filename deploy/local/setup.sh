#!/usr/bin/env bash
# Makes this checkout able to run: the Python environment in .venv from hashed pins, and the server programs.
#
#   setup.sh            environment, PostgreSQL and RabbitMQ
#   setup.sh lint       environment, and the npm packages that check compose.yml and the contract of the city feeds
#   setup.sh browser    environment, and what the tests look at the console with: Chromium, and npm's axe-core
#
# Does nothing that is done already, and may run twice at once. Server programs are installed with apt where they are
# missing; no service of the machine is started or enabled by that.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf 'setup: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

# Install Debian packages as root or through sudo, without letting them start a service, now or at the next boot.
install_packages() {
    local reason=$1
    shift
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            root=(sudo)
        else
            fail "$reason. Install with: apt-get install $*"
        fi
    fi
    command -v apt-get >/dev/null || fail "$reason, and this machine has no apt-get. Install: $*"
    say "$reason: installing $*"
    # A package may leave a daemon behind: it must not inherit the lock of this script.
    "${root[@]}" bash -s -- "$@" 9>&- <<'ROOT'
set -euo pipefail
exec 8>/run/paizhu-setup.lock
flock 8
policy=/usr/sbin/policy-rc.d
ours='# paizhu set-up: packages install, services stay down'
if [ ! -e "$policy" ] || grep -qxF "$ours" "$policy"; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\n%s\nexit 101\n' "$ours" >"$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
had=$(ls /etc/init.d 2>/dev/null || true)
log=$(mktemp)
quietly() {
    "$@" >"$log" 2>&1 8>&- || {
        tail -n 20 "$log" >&2
        exit 1
    }
}
quietly apt-get -y -o DPkg::Lock::Timeout=600 update
quietly apt-get -y -o DPkg::Lock::Timeout=600 install --no-install-recommends "$@"
rm -f "$log"
# Nor may the next boot start what was installed just now; what was here before stays as it was.
for service in postgresql rabbitmq-server; do
    if [ -e "/etc/init.d/$service" ] && ! grep -qx "$service" <<<"$had"; then
        quietly update-rc.d "$service" disable
        ! command -v systemctl >/dev/null || quietly systemctl disable "$service.service"
    fi
done
rm -f "$log"
ROOT
}

server_programs() {
    local missing=() found
    found=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' || true)
    [ -n "$found" ] || missing+=(postgresql)
    found=$(compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' || true)
    [ -n "$found" ] && command -v epmd >/dev/null || missing+=(rabbitmq-server)
    # Servers that others provide need no program here.
    [ -z "${PAIZHU_DATABASE_URL:-}" ] || missing=("${missing[@]/#postgresql/}")
    [ -z "${PAIZHU_AMQP_URL:-}" ] || missing=("${missing[@]/#rabbitmq-server/}")
    read -ra missing <<<"${missing[*]}" || true
    [ ${#missing[@]} -eq 0 ] || install_packages "a server program is missing" "${missing[@]}"
}

usable_python() {
    local candidate
    for candidate in ${PAIZHU_PYTHON:-} python3.11 /usr/bin/python3.11 python3 /usr/bin/python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

environment() {
    local python stamp
    python=$(usable_python) || {
        install_packages "Python 3.11 is missing" python3 python3-venv
        python=$(usable_python) || fail "Python 3.11 is needed and this machine's packages do not have it"
    }
    local pip=(.venv/bin/python -m pip -qq --disable-pip-version-check --retries 5)
    stamp=$({
        printf '%s\n' "$PWD"
        "$python" -VV
        sha256sum requirements.txt requirements-dev.txt
    } | sha256sum)
    if [ "$(cat .venv/paizhu-requirements 2>/dev/null || true)" != "$stamp" ]; then
        "$python" -c 'import venv, ensurepip' 2>/dev/null ||
            install_packages "Python's venv is missing" python3-venv
        say "making .venv from the pinned requirements"
        "$python" -m venv --clear .venv
        # Compiled when first imported: compiling everything would take longer than the rest.
        "${pip[@]}" install --require-hashes --only-binary :all: --no-deps --no-compile \
            -r requirements.txt -r requirements-dev.txt
        "${pip[@]}" check || fail "the pinned packages do not fit together"
        printf '%s\n' "$stamp" >.venv/paizhu-requirements
    fi
    stamp=$(sha256sum pyproject.toml)
    if [ "$(cat .venv/paizhu-project 2>/dev/null || true)" != "$stamp" ]; then
        "${pip[@]}" install --no-build-isolation --no-deps --no-index --editable .
        printf '%s\n' "$stamp" >.venv/paizhu-project
    fi
}

npm_packages() {
    local stamp
    stamp=$(sha256sum package-lock.json | cut -d' ' -f1)
    [ "$(cat node_modules/paizhu-setup 2>/dev/null || true)" != "$stamp" ] || return 0
    command -v npm >/dev/null || install_packages "npm is missing" nodejs npm
    say "installing the npm packages"
    npm ci --silent --ignore-scripts # what they are here for needs none
    printf '%s\n' "$stamp" >node_modules/paizhu-setup
}

chromium() {
    command -v chromium >/dev/null || install_packages "the browser of the tests is missing" chromium
}

mkdir -p var
exec 9>var/setup.lock
flock 9
case "${1:-servers}" in
servers)
    server_programs
    environment
    ;;
lint)
    environment
    npm_packages
    ;;
browser)
    environment
    npm_packages
    chromium
    ;;
*) fail "unknown part $1: servers, lint or browser" ;;
esac
