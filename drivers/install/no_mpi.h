/* mpi.h - stands for <rxt/mpi.h> in an rxt that was built without MPI. */
#error "this rxt was built without MPI (-DRXT_MPI=OFF), so no kernel can include <rxt/mpi.h>"
