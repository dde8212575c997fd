/** Small ONNX models, written field by field as onnx.proto has them. */

/** The numbers of ONNX's element types. */
export const ELEMENT_TYPES = {
  ...{ float32: 1, uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7 },
  ...{ bool: 9, float16: 10, float64: 11, uint32: 12, uint64: 13 },
} as const;

type Field = readonly [number: number, value: number | string | Uint8Array | Message];
type Message = readonly Field[];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

function encode(message: Message): Uint8Array {
  return Uint8Array.from(
    message.flatMap(([field, value]) => {
      if (typeof value === "number") return [...varint(field * 8), ...varint(value)];
      const bytes =
        typeof value === "string"
          ? new TextEncoder().encode(value)
          : value instanceof Uint8Array
            ? value
            : encode(value);
      return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
    }),
  );
}

/** An input or output: its name, element type, and lengths, texts for those that vary. */
function value(name: string, type: number, lengths: readonly (number | string)[]): Message {
  const dims = lengths.map((one): Field => [1, [typeof one === "number" ? [1, one] : [2, one]]]);
  return [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, type],
            [2, dims],
          ],
        ],
      ],
    ],
  ];
}

function model(
  nodes: readonly Message[],
  inputs: Message[],
  outputs: Message[],
  constants: Message[] = [],
): Uint8Array {
  const graph: Message = [
    ...nodes.map((one): Field => [1, one]),
    [2, "graph"],
    ...constants.map((one): Field => [5, one]),
    ...inputs.map((one): Field => [11, one]),
    ...outputs.map((one): Field => [12, one]),
  ];
  return encode([
    [1, 8],
    [7, graph],
    [
      8,
      [
        [1, ""],
        [2, 13],
      ],
    ],
  ]);
}

function node(
  operation: string,
  inputs: readonly string[],
  output: string,
  attributes: Message[] = [],
): Message {
  return [
    ...inputs.map((one): Field => [1, one]),
    [2, output],
    [4, operation],
    ...attributes.map((one): Field => [5, one]),
  ];
}

function floats(name: string, dims: readonly number[], values: readonly number[]): Message {
  const raw = new Uint8Array(Float32Array.from(values).buffer);
  return [...dims.map((length): Field => [1, length]), [2, 1], [8, name], [9, raw]];
}

/** y = x, of any shape of two axes. */
export function identityModel(dtype: keyof typeof ELEMENT_TYPES): Uint8Array {
  const type = ELEMENT_TYPES[dtype];
  return model(
    [node("Identity", ["x"], "y")],
    [value("x", type, ["n", "m"])],
    [value("y", type, ["n", "m"])],
  );
}

/** scores = (mean over rows and columns of images) @ weights + bias, for images of (n, 3, rows, columns). */
export function classifierModel(weights: readonly number[], bias: readonly number[]): Uint8Array {
  const axes: Message = [
    [1, "axes"],
    [8, 2],
    [8, 3],
    [20, 7],
  ];
  const keep: Message = [
    [1, "keepdims"],
    [3, 0],
    [20, 2],
  ];
  return model(
    [
      node("ReduceMean", ["images"], "means", [axes, keep]),
      node("Gemm", ["means", "weights", "bias"], "scores"),
    ],
    [value("images", 1, ["n", 3, "rows", "columns"])],
    [value("scores", 1, ["n", bias.length])],
    [floats("weights", [3, bias.length], weights), floats("bias", [bias.length], bias)],
  );
}

/** pictures = images sharpened, from 0 to 255, and brightness = their means, for images of (n, 3, rows, columns). */
export function sharpenModel(): Uint8Array {
  const pads: Message = [[1, "pads"], ...[1, 1, 1, 1].map((one): Field => [8, one]), [20, 7]];
  const axes: Message = [[1, "axes"], ...[1, 2, 3].map((one): Field => [8, one]), [20, 7]];
  const keep: Message = [
    [1, "keepdims"],
    [3, 0],
    [20, 2],
  ];
  const kernel = [0, -1, 0, -1, 5, -1, 0, -1, 0];
  const none = kernel.map(() => 0);
  // Each channel from itself alone.
  const weights = [0, 1, 2].flatMap((out) => [0, 1, 2].flatMap((from) => (from === out ? kernel : none)));
  const lengths = ["n", 3, "rows", "columns"];
  return model(
    [
      node("Conv", ["images", "weights"], "sharp", [pads]),
      node("Clip", ["sharp", "low", "high"], "pictures"),
      node("ReduceMean", ["pictures"], "brightness", [axes, keep]),
    ],
    [value("images", 1, lengths)],
    [value("pictures", 1, lengths), value("brightness", 1, ["n"])],
    [floats("weights", [3, 3, 3, 3], weights), floats("low", [], [0]), floats("high", [], [255])],
  );
}
