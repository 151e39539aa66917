# shellcheck shell=bash
# packages.sh - sourced by scripts that need Debian packages: installs the missing packages, as root
# or with sudo; if neither is possible, a message has the names of the packages.

# The packages, list by list: what the programs need without MPI; with MPI; what the tour also
# measures with, if it is there; what tests need in addition; a second compiler; a second MPI; the
# libraries that tests/bench/peers.sh compares with; a compiler for aarch64 with an emulator; and
# the libraries for aarch64. Debian's alternatives keep Open MPI behind mpicc and mpirun if MPICH is
# installed, too.
# shellcheck disable=SC2034  # by whoever sources this
rxt_packages_alone=(gcc libc6-dev make cmake pkg-config libopenblas0-openmp libhwloc-dev
    libjansson-dev libmsgpack-dev zlib1g-dev libcunit1-dev libmpfr-dev)
# shellcheck disable=SC2034
rxt_packages=("${rxt_packages_alone[@]}" libopenmpi-dev openmpi-bin)
# shellcheck disable=SC2034
rxt_packages_tour=(python3 python3-numpy)
# shellcheck disable=SC2034
rxt_packages_test=(shellcheck iproute2 python3-numpy python3-jsonschema gnuplot-nox)
# shellcheck disable=SC2034
rxt_packages_clang=(clang libomp-dev libclang-rt-dev)
# shellcheck disable=SC2034
rxt_packages_mpich=(mpich libmpich-dev)
# shellcheck disable=SC2034
rxt_packages_peers=(libopenblas0-openmp libblis4-openmp likwid)
# shellcheck disable=SC2034
rxt_packages_aarch64=(gcc-aarch64-linux-gnu qemu-user)
# shellcheck disable=SC2034
rxt_packages_arm64=(libc6-dev libgomp1 libopenblas0-openmp libhwloc-dev libjansson-dev
    libmsgpack-dev zlib1g-dev libcunit1-dev libmpfr-dev)

rxt_packages_installed() { # PACKAGE
    # A package that provides this one counts: pkgconf for pkg-config.
    dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed ||
        dpkg-query -W -f '${db:Status-Status} ${Provides}\n' 2>/dev/null |
        grep -Eq "^installed .*\b$1( |,|\$)"
}

# Installs the missing ones of the packages. Returns 3, with one line on stderr, if that is not
# possible. On systems without dpkg it does nothing: CMake names what it does not find.
rxt_packages_need() { # PACKAGE…
    local package missing=() as_root=()

    command -v dpkg-query >/dev/null || return 0
    for package in "$@"; do
        rxt_packages_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
            echo "${0##*/}: packages are missing; as root run: apt-get install ${missing[*]}" >&2
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

# Unpacks packages of another architecture, with all that they depend on, under FOLDER/root, for a
# compiler's --sysroot. Any user can do this: nothing is installed, and apt's own lists stay as they
# are.
rxt_packages_foreign() { # ARCHITECTURE FOLDER PACKAGE…
    local apt=(apt-get -q -o "APT::Architecture=$1" -o "APT::Architectures=$1"
        -o "Dir::State=$2" -o "Dir::State::status=$2/status" -o "Dir::Cache=$2"
        -o "APT::Sandbox::User=$(id -un)" -o Acquire::Languages=none) file

    mkdir -p "$2/root" "$2/lists/partial" "$2/archives/partial" && : >"$2/status" || return
    "${apt[@]}" update &&
        "${apt[@]}" -y -d --no-install-recommends install "${@:3}" || return
    for file in "$2"/archives/*.deb; do
        dpkg-deb -x "$file" "$2/root" || return
    done
}

# Settings for Open MPI: it may run as root, as in containers, and with more ranks than cores. If
# the host's own name cannot be resolved, the look-up ends after 1 s instead of 5 s.
rxt_packages_settings() {
    export RES_OPTIONS=${RES_OPTIONS:-timeout:1 attempts:1}
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    # More ranks than cores: Open MPI 4 reads the first variable, Open MPI 5 (its PRRTE) the second.
    export OMPI_MCA_rmaps_base_oversubscribe=1
    export PRTE_MCA_rmaps_default_mapping_policy=${PRTE_MCA_rmaps_default_mapping_policy:-:oversubscribe}
    # hwloc asks ten X servers on "localhost" for GPUs; without /etc/hosts this goes to the network.
    export HWLOC_COMPONENTS=${HWLOC_COMPONENTS:--gl}
}
