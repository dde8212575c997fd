/** What the test of WebGPU runs in the page: bundled, and told to by name. */
import * as np from "../../src/index.ts";
import {
  fromGPUBuffer,
  type GpuBufferLike,
  type GpuDeviceLike,
  toGPUBuffer,
} from "../../src/interop/webgpu.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";

/** WebGPU as far as it is used here: the compiler knows it only with the library of browsers. */
interface Device extends GpuDeviceLike {
  createShaderModule(module: { code: string }): unknown;
  createComputePipeline(pipeline: unknown): { getBindGroupLayout(index: number): unknown };
  createBindGroup(group: unknown): unknown;
  createCommandEncoder(): ReturnType<GpuDeviceLike["createCommandEncoder"]> & {
    beginComputePass(): {
      setPipeline(pipeline: unknown): void;
      setBindGroup(index: number, group: unknown): void;
      dispatchWorkgroups(count: number): void;
      end(): void;
    };
  };
}

type Gpu = { requestAdapter(): Promise<null | { requestDevice(): Promise<Device> }> };

let device: Device;

/** Whether there is a device here: a reason if not. */
async function start(): Promise<string | null> {
  const { gpu } = (globalThis as unknown as { navigator: { gpu?: Gpu } }).navigator;
  if (gpu === undefined) return "the browser has no navigator.gpu";
  const adapter = await gpu.requestAdapter();
  if (adapter === null) return "the browser has no adapter for WebGPU";
  device = await adapter.requestDevice();
  return null;
}

const bytesOf = (a: np.NDArray) => {
  const dense = np.ascontiguousarray(a);
  return new Uint8Array(dense.buffer, dense.byteOffset, dense.nbytes).join();
};

/** Sends every dtype in every layout there and back; gives what came back otherwise, and how many there were. */
async function roundTrips(): Promise<{ wrong: string[]; count: number }> {
  const wrong: string[] = [];
  let count = 0;
  const cases: Record<string, np.DTypeLike> = { ...dtypes, ...moreDtypes };
  for (const layout of Object.keys(layouts)) {
    for (const name of Object.keys(cases)) {
      const { strided, dense } = name in dtypes ? pair(layout, name) : cast(layout, cases[name]!);
      const buffer = toGPUBuffer(device, strided, { label: `${layout}, ${name}` });
      const back = await fromGPUBuffer(device, buffer, { dtype: strided.dtype, shape: strided.shape });
      if (bytesOf(back) !== bytesOf(dense) || !np.arrayEqual(back.astype(dense.dtype), dense))
        wrong.push(`${layout}, ${name}`);
      if (buffer.size % 4 !== 0 || buffer.size < dense.nbytes) wrong.push(`${layout}, ${name}: size`);
      buffer.destroy();
      count++;
    }
  }
  return { wrong, count };
}

/** The dtypes that the sweep leaves to others. */
const moreDtypes: Record<string, np.DTypeLike> = {
  ...{ float32: "float32", int8: "int8", int16: "int16", int32: "int32", uint16: "uint16" },
  ...{ uint32: "uint32", uint64: "uint64", complex64: "complex64", bytes: "S3" },
};

/** A layout of the sweep in another dtype, by way of its float64 elements. */
function cast(layout: string, dtype: np.DTypeLike): { strided: np.NDArray; dense: np.NDArray } {
  const { strided, dense } = pair(layout, "float64");
  // The same order of axes and signs of strides, in elements of another size.
  const order = strided.strides.map((stride, axis) => [Math.abs(stride), axis] as const);
  const axes = order.sort((a, b) => b[0] - a[0]).map(([, axis]) => axis);
  const back = axes.map((_, k) => axes.indexOf(k));
  const turned = strided.transpose(axes).astype(dtype, { order: "C" }).transpose(back);
  const flips = strided.strides.map((stride) => (stride < 0 ? ("::-1" as const) : (":" as const)));
  return {
    strided: turned
      .slice(...flips)
      .copy()
      .slice(...flips),
    dense: dense.astype(dtype),
  };
}

const SHADER = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&x)) { y[id.x] = 2.0 * x[id.x]; }
}`;

/** Twice the elements, by a shader. */
async function doubled(a: np.NDArray): Promise<np.NDArray> {
  const [x, y] = [toGPUBuffer(device, a), toGPUBuffer(device, np.zeros(a.shape, a.dtype))];
  const module = device.createShaderModule({ code: SHADER });
  const pipeline = device.createComputePipeline({ layout: "auto", compute: { module, entryPoint: "main" } });
  const entries = [x, y].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(Math.ceil(a.size / 64));
  pass.end();
  device.queue.submit([encoder.finish()] as never);
  return fromGPUBuffer(device, y, { dtype: a.dtype, shape: a.shape });
}

/** What a shader makes of views, and what it should. */
async function shader(): Promise<Record<string, [unknown, unknown]>> {
  const a = np
    .arange(5 * 6 * 7)
    .reshape(5, 6, 7)
    .astype("float32");
  const views = {
    dense: a,
    reversed: a.slice("::-1", "::-1", "::-1"),
    transposed: a.T,
    "transposed and reversed": a.transpose(1, 2, 0).slice(":", "::-1"),
    stepped: a.slice("::2", "1::2"),
    repeated: np.broadcastTo(a.slice(0), [3, 6, 7]),
  };
  const found: Record<string, [unknown, unknown]> = {};
  for (const [name, view] of Object.entries(views))
    found[name] = [(await doubled(view)).tolist(), np.multiply(view, 2).tolist()];
  return found;
}

/** Parts of buffers, buffers to be mapped, and what is refused: a text for each. */
async function corners(): Promise<Record<string, string>> {
  const a = np.arange(11).astype("uint8");
  const [read, both] = [1 | 8, 4 | 8];
  const said = async (work: () => Promise<np.NDArray> | GpuBufferLike) => {
    try {
      const got = await work();
      return got instanceof np.NDArray ? JSON.stringify(got.tolist()) : String(got.size);
    } catch (error) {
      return String(error);
    }
  };
  const of = (usage: number) => toGPUBuffer(device, a, { usage });
  const options = { dtype: "uint8", shape: [3], offset: 7 } as const;
  const large = np.broadcastTo(np.zeros(1, "uint8"), [2 ** 40]);
  return {
    "a part": await said(() => fromGPUBuffer(device, of(both), options)),
    "a part of a mapped buffer": await said(() => fromGPUBuffer(device, of(read), options)),
    "beyond the end": await said(() => fromGPUBuffer(device, of(both), { ...options, offset: 10 })),
    "before the start": await said(() => fromGPUBuffer(device, of(both), { ...options, offset: -1 })),
    "not to be read": await said(() => fromGPUBuffer(device, of(128), options)),
    "no shape": await said(() => fromGPUBuffer(device, of(both), { dtype: "uint8" } as never)),
    "nothing in it": await said(() => toGPUBuffer(device, np.zeros(0))),
    "nothing out of it": await said(() => fromGPUBuffer(device, of(both), { dtype: "f8", shape: [0, 2] })),
    "too large": await said(() => toGPUBuffer(device, large)),
  };
}

Object.assign(globalThis, { ndviewPage: { start, roundTrips, shader, corners } });
