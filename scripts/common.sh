# What scripts/serve and scripts/test share. Sourced, never run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DEMO_CACHE=$ROOT/.cache/demonstration
DEMO_EDITION=$ROOT/.cache/edition-demonstration

say() { printf '==> %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# need COMMAND HINT
need() { command -v "$1" >/dev/null || fail "$1 is missing. $2"; }

need_cargo() { need cargo 'Install Rust from https://rustup.rs, then run this again.'; }

need_node() {
  need node 'Install Node 20 or newer from https://nodejs.org, then run this again.'
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || fail "Node $(node --version) is too old; 20 or newer is needed."
}

# Third-party files of the map, once per lockfile.
install_web() {
  [ -f "$ROOT/web/package-lock.json" ] || return 0
  local installed=$ROOT/web/node_modules/.package-lock.json
  if [ ! -f "$installed" ] || [ "$ROOT/web/package-lock.json" -nt "$installed" ]; then
    need npm 'It comes with Node: https://nodejs.org.'
    say 'Installing the files of the map (npm ci)'
    (cd "$ROOT/web" && npm ci --no-audit --no-fund --loglevel=error)
  fi
}

build_binary() {
  say 'Building mediane (the first time takes minutes)'
  (cd "$ROOT" && cargo build --release --locked)
}

# An edition of fictitious venues over the real territories of data/.
build_demonstration() {
  node "$ROOT/scripts/demo-venues.mjs" --cache "$DEMO_CACHE" >&2
  # Every official file is absent here, and that is the point: no need to list them.
  (cd "$ROOT" && target/release/mediane build --cache "$DEMO_CACHE" --out "$DEMO_EDITION") | grep -v '^absent from the cache'
}

# bench_path NAME: builds a measurement of benches/ and prints where it is.
bench_path() {
  (cd "$ROOT" && cargo bench --profile release --locked --no-run --bench "$1" 2>&1) |
    sed -n "s|.*Executable benches/$1.rs (\(.*\))|$ROOT/\1|p" | tail -1
}
