# aarch64.cmake - a toolchain for CMake: Debian's cross compiler, libraries of that architecture
# from the folder that -DRXT_AARCH64 names (rxt_packages_foreign in jobs/packages.sh fills one), and
# programs that qemu runs.

list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES RXT_AARCH64)
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_SYSROOT ${RXT_AARCH64})
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L ${RXT_AARCH64})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
