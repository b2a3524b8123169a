#!/usr/bin/env bash
# A Slurm cluster on this machine alone, for tests and trials: Debian's slurm-wlm and munge (`scripts/setup.sh slurm-wlm
# munge` installs them), as root or not, without systemd, cgroups or a syslog.
#
#   scripts/slurm-cluster.sh start FOLDER [--nodes 2] [--cpus 2] [--memory MB] [--gpus 0] [--max-array 1001]
#   eval "$(scripts/slurm-cluster.sh env FOLDER)"       what sbatch, squeue, … need to find it
#   scripts/slurm-cluster.sh restart-controller FOLDER  kill -9 of slurmctld, then a new one that takes over its jobs
#   scripts/slurm-cluster.sh stop FOLDER                ends its jobs, then its daemons; the folder stays, with its logs
#
# The numbers are of each node (memory: by default the machine's, shared out). Whatever the cluster has is in FOLDER: its
# key, sockets, state, logs, and for each daemon its process id and start time, so that nothing else is ever ended. Its
# ports are free ones, so that clusters in two folders do not meet. Jobs of the partition `urgent` preempt those of the
# default one, `main`. Waits are much shorter than on a true cluster, see below.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

usage() { sed -n '5,8s/^# *//p' "$0" >&2; exit 64; }
[ $# -ge 2 ] || usage
command=$1
folder=$(realpath -m "$2")
shift 2
conf=$folder/slurm.conf
export SLURM_CONF=$conf

nodes=2 cpus=2 memory="" gpus=0 maxArray=1001
while [ $# -gt 0 ]; do
  [ "$command" = start ] && [[ ${2:-} =~ ^[0-9]+$ ]] || usage
  case $1 in
    --nodes) nodes=$2 ;;
    --cpus) cpus=$2 ;;
    --memory) memory=$2 ;;
    --gpus) gpus=$2 ;;
    --max-array) maxArray=$2 ;;
    *) usage ;;
  esac
  shift 2
done

say() { echo "slurm-cluster: $*" >&2; }

# The time at which a process started, in ticks since the machine did: with the id, it names one process for good.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

# The id of a daemon of this folder, if it runs.
process() {
  local id start
  read -r id start 2>/dev/null < "$folder/processes/$1" || return 1
  [ "$(start_time "$id")" = "$start" ] && echo "$id"
}

launch() { # NAME COMMAND…
  local name=$1
  shift
  # In a session of its own: a Ctrl-C at the terminal is not for the cluster. Run by exec, $! is the daemon itself.
  setsid "$@" < /dev/null > "$folder/logs/$name.output" 2>&1 &
  echo "$! $(start_time $!)" > "$folder/processes/$name"
}

finish() { # SIGNAL NAME…
  local signal=$1 name id
  shift
  for name; do
    id=$(process "$name") && kill -s "$signal" "$id" || true
  done
  for name; do
    await 10 is_over "$name" || kill -s KILL "$(process "$name")"
  done
}

fail() {
  say "$*; the last lines of the logs in $folder/logs:"
  tail -n 8 "$folder"/logs/*.output >&2 || true
  stop
  exit 2
}

# Until the command holds, for so many seconds.
await() { # SECONDS COMMAND…
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.2
  done
}

names() { seq -f 'n%g' "$nodes"; }
are_idle() { [ "$(sinfo -h -N -p main -o '%T' 2>/dev/null | grep -c '^idle$')" = "$nodes" ]; }
answers() { scontrol ping 2>/dev/null | grep -q 'is UP'; }
knows_nodes() { answers && ! sinfo -h -N -o '%T' | grep -q unknown; }
has_no_jobs() { [ -z "$(squeue -h 2>&1)" ]; }
is_over() { ! process "$1" > /dev/null; }
are_gone() { [ -z "$(job_processes)" ]; }

# What runs in this cluster's jobs, and slurmstepd above it. A job's program outlives slurmd and slurmctld, and outlives
# its batch script where that one is killed: no cgroup holds them together.
job_processes() {
  local file
  {
    grep -zlxF "SLURM_CONF=$conf" /proc/[0-9]*/environ | xargs -r grep -zl '^SLURM_JOB_ID='
    for file in $(grep -lx slurmstepd /proc/[0-9]*/comm); do
      ls -l "${file%comm}fd" | grep -F -- "-> $folder/logs/" > /dev/null && echo "$file"
    done
  } 2>/dev/null | cut -d / -f 3 | sort -u
}

# So many ports in a row that nobody listens at, below those that the kernel gives to clients.
free_ports() {
  local used first port
  used=$(awk 'FNR > 1 { sub(".*:", "", $2); print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null || true)
  while true; do
    first=$((20000 + RANDOM % 12000))
    for port in $(seq $first $((first + $1 - 1))); do
      grep -qxF "$(printf '%04X' "$port")" <<< "$used" && continue 2
    done
    echo "$first"
    return
  done
}

write_conf() {
  local port host user name
  port=$(free_ports $((nodes + 1)))
  host=$(uname -n)
  host=${host%%.*}
  user=$(id -un)
  [ -n "$memory" ] || memory=$(awk -v nodes="$nodes" '/^MemTotal/ { print int($2 / 1024 * 0.9 / nodes) }' /proc/meminfo)
  cat > "$conf" <<CONF
ClusterName=plateau
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
# A requeued job waits until its credential has expired: 120 s elsewhere.
AuthInfo=socket=$folder/munge/socket,cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/%n.pid
SlurmctldLogFile=$folder/logs/slurmctld.log
SlurmdLogFile=$folder/logs/%n.log
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/logs/jobs.txt
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
# A node set down stays so until it is set to resume; one that was only lost comes back by itself.
ReturnToService=1
# The nodes are as large as stated here, whatever the machine has.
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=$((memory / cpus))
GresTypes=gpu
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1,batch_sched_delay=0
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
JobRequeue=1
MaxArraySize=$maxArray
MaxJobCount=100000
# Between SIGTERM and SIGKILL at the time limit: 30 s elsewhere.
KillWait=5
# squeue forgets an ended job soon: 300 s elsewhere.
MinJobAge=2
CONF
  for name in $(names); do
    port=$((port + 1))
    echo "NodeName=$name NodeHostname=$host NodeAddr=127.0.0.1 Port=$port CPUs=$cpus RealMemory=$memory Gres=gpu:$gpus"
  done >> "$conf"
  # GraceTime: between SIGTERM and the end of a preempted job.
  cat >> "$conf" <<CONF
PartitionName=main Nodes=ALL Default=YES DefaultTime=10 MaxTime=1440 PriorityTier=1 GraceTime=10 State=UP
PartitionName=urgent Nodes=ALL DefaultTime=10 MaxTime=1440 PriorityTier=2 PreemptMode=OFF State=UP
CONF
  # Slurm tells a job its GPUs by their devices' files: these lead nowhere.
  if [ "$gpus" -gt 0 ]; then
    local gpu
    mkdir "$folder/gpus"
    for gpu in $(seq 0 $((gpus - 1))); do ln -s /dev/null "$folder/gpus/gpu$gpu"; done
    echo "Name=gpu File=$folder/gpus/gpu[0-$((gpus - 1))]" > "$folder/gres.conf"
  fi
}

controller() { launch slurmctld slurmctld -D -f "$conf"; }

start() {
  local program name
  for program in munged slurmctld slurmd sbatch; do
    command -v $program > /dev/null || { say "no $program here: scripts/setup.sh slurm-wlm munge"; exit 2; }
  done
  [ ! -e "$conf" ] || { say "$folder has a cluster already: stop it, and name a new folder"; exit 2; }
  # A socket's path has 107 bytes at most.
  [ ${#folder} -le 90 ] || { say "$folder: name a folder with a shorter path, at most 90 bytes"; exit 2; }
  mkdir -p "$folder"/{logs,munge,processes,spool,state}
  chmod 755 "$folder/munge"
  write_conf

  (umask 077 && head -c 128 /dev/urandom > "$folder/munge/key")
  launch munged munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/logs/munged.log" --seed-file="$folder/munge/seed"
  await 20 test -S "$folder/munge/socket" || fail "munged did not start"
  controller
  for name in $(names); do
    mkdir -p "$folder/spool/$name"
    launch "$name" slurmd -D -f "$conf" -N "$name"
  done
  await 60 are_idle || fail "the nodes did not become idle"
}

stop() {
  local id
  if process slurmctld > /dev/null && answers; then
    scancel --quiet --user="$(id -un)" || true
    await 15 has_no_jobs || true
  fi
  finish TERM $(ls "$folder/processes")
  await 5 are_gone || for id in $(job_processes); do kill -s KILL "$id" || true; done
  rm -f "$folder"/processes/*
}

case $command in
  start) start ;;
  stop) [ ! -e "$folder/processes" ] || stop ;;
  env) echo "export SLURM_CONF=$(printf '%q' "$conf")" ;;
  restart-controller)
    finish KILL slurmctld
    controller
    await 60 knows_nodes || fail "slurmctld did not start again"
    ;;
  *) usage ;;
esac
