/* mpi.h - is installed as <rxt/mpi.h> if rxt was built without MPI. */
#error "this rxt was built without MPI (-DRXT_MPI=OFF), so no kernel can include <rxt/mpi.h>"
