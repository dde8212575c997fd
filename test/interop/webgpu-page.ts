/** What the test of WebGPU runs in the page: bundled, and told to by name. */
import * as np from "../../src/index.ts";
import {
  fromGPUBuffer,
  type GpuBufferLike,
  type GpuDeviceLike,
  toGPUBuffer,
} from "../../src/interop/webgpu.ts";
import { layouts, pair } from "../sweep/layouts.ts";
import { everyDtype } from "./plain-dtypes.ts";

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
  for (const layout of Object.keys(layouts)) {
    for (const name of everyDtype) {
      const { strided, dense } = pair(layout, name);
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
