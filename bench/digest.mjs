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

export function digest(value, library) {
  if (typeof value === "string") return { text: value };
  if (typeof value !== "object" || value === null) return { shape: [], sum: Number(value) };
  // Bytes and what a plain loop makes have no shape.
  if (ArrayBuffer.isView(value)) return { shape: null, sum: weighted(value) };
  if (value.dtype?.itemsize === undefined) return { shape: value.shape, sum: weighted(scijsValues(value)) };
  const { data } = library.ascontiguousarray(value);
  return { shape: value.shape, sum: weighted(data) };
}

/** Whether two contenders found the same; a plain loop has no shape. */
export function agree(a, b) {
  if (a.text !== undefined || b.text !== undefined) return a.text === b.text;
  const sameShape = a.shape === null || b.shape === null || String(a.shape) === String(b.shape);
  return sameShape && Math.abs(a.sum - b.sum) <= 1e-9 * Math.abs(a.sum);
}
