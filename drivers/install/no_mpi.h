/* mpi.h - of an rxt that was built without MPI: its kernels cannot communicate. */
#error "this rxt was built without MPI (-DRXT_MPI=OFF), so no kernel can include <rxt/mpi.h>"
