#!/usr/bin/env bash
# Both roles (or ROLES="user recommender counterpart") by turns on one core, in the background if wanted; starts what is not started and resumes the rest.
#   bash models/training/train_pair.sh DATA BASE OUT [options of `start`]
# A run that was interrupted, or that stopped with an error, goes on from its last checkpoint by the same command.
set -uo pipefail
[ $# -ge 3 ] || { sed -n '2,4p' "$0" >&2; exit 2; }
data=$1 base=$2 out=$3
shift 3
python=${PYTHON:-python3}
steps=${STEPS_PER_TURN:-40}
unfinished=10
export OMP_NUM_THREADS=1
cd "$(dirname "$0")/.." || exit 2

# One pair at a time: two would write the same checkpoints.
mkdir -p "$out" && exec 9>"$out/lock" && flock -n 9 || { echo "a training in $out is running already" >&2; exit 3; }
child=
trap '[ -n "$child" ] && kill -TERM "$child" && wait "$child"; exit 130' TERM INT

advance() {
  local role=$1
  shift
  if [ -f "$out/$role/settings.json" ]; then
    "$python" -m training.train resume --out "$out/$role" --steps "$steps" &
  else
    "$python" -m training.train start --out "$out/$role" --steps "$steps" \
      --data "$data" --base "$base" --role "$role" "$@" &
  fi
  child=$!
  wait "$child"
  local code=$?
  child=
  return $code
}

roles=${ROLES:-user recommender}
while [ -n "$roles" ]; do
  left=
  for role in $roles; do
    advance "$role" "$@"
    code=$?
    case $code in
      0) ;;
      "$unfinished") left="$left $role" ;;
      *) echo "the $role's run failed with exit code $code" >&2; exit "$code" ;;
    esac
  done
  roles=${left# }
done
