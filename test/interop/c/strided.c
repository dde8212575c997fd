/* Functions over strided arrays: a base, lengths and strides in bytes. */
#include <stdint.h>

static double *at(char *base, const int64_t *strides, const int64_t *index, int ndim) {
  for (int k = 0; k < ndim; k++) base += index[k] * strides[k];
  return (double *)base;
}

/* Calls `visit` for each element in C order. */
static void walk(char *base, const int64_t *shape, const int64_t *strides, int ndim, void (*visit)(double *, void *),
                 void *state) {
  int64_t index[32] = {0};
  for (int k = 0; k < ndim; k++)
    if (shape[k] == 0) return;
  for (;;) {
    visit(at(base, strides, index, ndim), state);
    int axis = ndim - 1;
    while (axis >= 0 && ++index[axis] == shape[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

static void add(double *element, void *state) {
  double *sums = state;
  sums[1] += 1;
  sums[0] += *element * sums[1];
}

/* The sum of k times the k-th element, so that the order matters. */
double weighted_sum(void *base, int64_t *shape, int64_t *strides, int ndim) {
  double sums[2] = {0, 0};
  walk(base, shape, strides, ndim, add, sums);
  return sums[0];
}

static void scale(double *element, void *state) { *element *= *(double *)state; }

void scale_in_place(void *base, int64_t *shape, int64_t *strides, int ndim, double factor) {
  walk(base, shape, strides, ndim, scale, &factor);
}

/* The same for a callback into JavaScript: a function may be entered while another one runs. */
double sum_by(void *base, int64_t *shape, int64_t *strides, int ndim, double (*map)(double)) {
  int64_t index[32] = {0};
  double sum = 0;
  for (int64_t i = 0; i < shape[0]; i++) {
    index[0] = i;
    sum += map(*at(base, strides, index, ndim));
  }
  return sum;
}

/* The bytes of all elements in C order. */
void gather(void *base, int64_t *shape, int64_t *strides, int ndim, int64_t itemsize, char *out) {
  int64_t index[32] = {0};
  for (int k = 0; k < ndim; k++)
    if (shape[k] == 0) return;
  for (;;) {
    char *from = (char *)at(base, strides, index, ndim);
    for (int64_t k = 0; k < itemsize; k++) *out++ = from[k];
    int axis = ndim - 1;
    while (axis >= 0 && ++index[axis] == shape[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}
