/**
 * The little of WebAssembly's own interface that is used here. The types of it belong to browsers' libraries, which a
 * package for every runtime does not load.
 */

export interface Memory {
  readonly buffer: ArrayBuffer;
}

/** A compiled module; only ever handed back to the runtime. */
export type Module = object;

interface Runtime {
  readonly Memory: new (size: { initial: number; maximum: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Instance: new (
    module: Module,
    imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  validate(bytes: Uint8Array): boolean;
}

/** `WebAssembly` itself. */
export function runtime(): Runtime {
  return (globalThis as unknown as { readonly WebAssembly: Runtime }).WebAssembly;
}
