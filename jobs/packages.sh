# shellcheck shell=bash
# packages.sh - sourced by scripts that need Debian's packages: what is missing is installed, by
# root or through sudo; whoever can do neither is told the names.

# What the programs need; what their tests need besides; what a second compiler and a second MPI
# need; whom tests/bench_peers.sh measures ours against. Debian's alternatives keep Open MPI behind
# mpicc and mpirun when MPICH comes beside it.
# shellcheck disable=SC2034  # by whoever sources this
rxt_packages=(gcc libc6-dev make cmake pkg-config libopenmpi-dev openmpi-bin
    libopenblas-openmp-dev libhwloc-dev libjansson-dev zlib1g-dev libcunit1-dev)
# shellcheck disable=SC2034
rxt_packages_test=(shellcheck iproute2 python3-numpy python3-jsonschema)
# shellcheck disable=SC2034
rxt_packages_clang=(clang libomp-dev libclang-rt-dev)
# shellcheck disable=SC2034
rxt_packages_mpich=(mpich libmpich-dev)
# shellcheck disable=SC2034
rxt_packages_peers=(libopenblas0-openmp libblis4-openmp likwid)

rxt_packages_installed() { # PACKAGE
    # Something that a package provides counts: pkgconf for pkg-config.
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed ||
        dpkg-query -W -f '${db:Status-Status} ${Provides}\n' 2>/dev/null |
        grep -Eq "^installed .*\b$1( |,|\$)"
}

# Installs those of the packages that are missing. 3, with one line on stderr, when that is not
# possible. On systems without dpkg nothing is done: CMake names what it does not find.
rxt_packages_need() { # PACKAGE…
    local package missing=() as_root=()

    command -v dpkg-query >/dev/null || return 0
    for package in "$@"; do
        rxt_packages_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
            echo "${0##*/}: packages missing; have root run: apt-get install ${missing[*]}" >&2
            return 3
        fi
        as_root=(sudo)
    fi
    echo "-- installing ${missing[*]}"
    if ! "${as_root[@]}" apt-get -q update ||
        ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get -q install -y --no-install-recommends "${missing[@]}"; then
        echo "${0##*/}: apt-get could not install ${missing[*]}" >&2
        return 3
    fi
}

# What Open MPI wants where it is run as root, as in containers, and with more ranks than cores; and
# where the host's own name cannot be looked up, 1 s of waiting for it in place of 5.
rxt_packages_settings() {
    export RES_OPTIONS=${RES_OPTIONS:-timeout:1 attempts:1}
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    export OMPI_MCA_rmaps_base_oversubscribe=1
    # hwloc asks ten X servers on "localhost" for GPUs; without /etc/hosts that asks the network.
    export HWLOC_COMPONENTS=${HWLOC_COMPONENTS:--gl}
}
