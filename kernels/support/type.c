/* type.c - what elements are. */
#include <rxt/kernel.h>

const char *rxt_type_name(rxt_type type)
{
    return type == RXT_F32 ? "f32" : "f64";
}

size_t rxt_type_size(rxt_type type)
{
    return type == RXT_F32 ? sizeof(float) : sizeof(double);
}
