// What is compared between contenders: a text as it is, of an array the shape and a weighted sum in C order.

function* scijsValues(array, index = []) {
  if (index.length === array.shape.length) yield array.get(...index);
  else for (let i = 0; i < array.shape[index.length]; i++) yield* scijsValues(array, [...index, i]);
}

function weighted(values) {
  let sum = 0;
  let k = 0;
  for (const value of values) sum += Number(value) * ((k++ % 7) + 1);
  return sum;
}

/** What a contender finds as a few numbers; null, of one that computes in less precision, is compared with nothing. */
export function digest(value, library) {
  if (value === null) return { any: true };
  if (typeof value === "string") return { text: value };
  if (typeof value !== "object" || value === null) return { shape: [], sum: Number(value) };
  // Bytes and what a plain loop makes have no shape.
  if (ArrayBuffer.isView(value)) return { shape: null, sum: weighted(value) };
  if (value.dtype?.itemsize === undefined) return { shape: value.shape, sum: weighted(scijsValues(value)) };
  const real = value.dtype.kind === "c" ? value.real : value;
  // Into memory of its own: an array whose data was taken stays in ordinary memory from then on, beside its neighbours.
  const data = new Float64Array(real.size);
  library.copyto(library.asarray(data).reshape(real.shape), real, { casting: "unsafe" });
  return { shape: value.shape, sum: weighted(data) };
}

/** Whether two contenders found the same; a plain loop has no shape. */
export function agree(a, b) {
  if (a.any || b.any) return true;
  if (a.text !== undefined || b.text !== undefined) return a.text === b.text;
  const sameShape = a.shape === null || b.shape === null || String(a.shape) === String(b.shape);
  // Of a sum that overflows in float32 nothing more can be said.
  if (!Number.isFinite(a.sum) || !Number.isFinite(b.sum)) return sameShape && String(a.sum) === String(b.sum);
  return sameShape && Math.abs(a.sum - b.sum) <= 1e-6 * Math.abs(a.sum);
}
