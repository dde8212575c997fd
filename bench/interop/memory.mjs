// The same elements as an array and as what a program without one has: a typed array, lengths, strides and an offset, in
// elements. And what such a program writes to have them dense.

/** Values that nobody can leave out, in a typed array with some more at both ends. */
function filled(Lane, length) {
  const data = new Lane(length);
  for (let k = 0; k < length; k++) data[k] = k % 251;
  return data;
}

/** Rows of columns, or of pixels of four channels. */
const plain = {
  contiguous: (rows, width) => ({ length: rows * width, row: width, offset: 0 }),
  "row-strided": (rows, width) => ({ length: rows * (width + 16), row: width + 16, offset: 8 }),
  reversed: (rows, width) => ({ length: rows * width, row: width, offset: 0 }),
};

export const LAYOUTS = Object.keys(plain);

/** An array of a layout, and its parts; "reversed" runs from the last column to the first. */
export function made(np, layout, Lane, shape) {
  const [rows, columns, channels = 1] = shape;
  const { length, row, offset: start } = plain[layout](rows, columns * channels);
  const data = filled(Lane, length);
  const back = layout === "reversed";
  const strides = [row, back ? -channels : channels, ...(shape.length === 3 ? [1] : [])];
  const offset = start + (back ? (columns - 1) * channels : 0);
  const parts = { data, shape, strides, offset };
  return { parts, a: np.fromStrided({ data, shape, stride: strides, offset }) };
}

/** Writes the elements in rows into memory. */
export function fill(out, { data, shape: [rows, columns, channels = 1], strides: [row, column], offset }) {
  const width = columns * channels;
  if (column === channels) {
    for (let i = 0; i < rows; i++) {
      const at = offset + i * row;
      out.set(data.subarray(at, at + width), i * width);
    }
  } else if (channels === 1) {
    let k = 0;
    for (let i = 0; i < rows; i++) {
      let at = offset + i * row;
      for (let j = 0; j < columns; j++, at += column) out[k++] = data[at];
    }
  } else {
    let k = 0;
    for (let i = 0; i < rows; i++) {
      let at = offset + i * row;
      for (let j = 0; j < columns; j++, at += column)
        for (let c = 0; c < channels; c++) out[k++] = data[at + c];
    }
  }
  return out;
}

const sizeOf = (shape) => shape.reduce((product, length) => product * length, 1);

/** The elements in rows without gaps: the memory itself where it is so. */
export function dense(parts) {
  const { data, shape, strides, offset } = parts;
  const [, columns, channels = 1] = shape;
  const size = sizeOf(shape);
  if (strides[0] === columns * channels && strides[1] === channels)
    return data.subarray(offset, offset + size);
  return fill(new data.constructor(size), parts);
}

/** Rows as lists, which some libraries take. */
export function lists({ data, shape: [rows, columns], strides: [row, column], offset }) {
  const list = [];
  for (let i = 0; i < rows; i++) {
    const one = [];
    for (let j = 0; j < columns; j++) one.push(data[offset + i * row + j * column]);
    list.push(one);
  }
  return list;
}
