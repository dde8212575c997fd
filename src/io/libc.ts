import { ValueError } from "../errors.ts";
import { builtin, fs } from "./node-files.ts";

/**
 * The few calls of the C library that mapped files need, by way of koffi. It is loaded when the first file is mapped, so a
 * program that maps none runs without it, and so do browsers.
 */
export interface Libc {
  /** Maps bytes of a file; their address. */
  map(bytes: number, flags: number, fd: number, offset: number): bigint;
  unmap(address: bigint, bytes: number): void;
  /** Writes what was changed to the disk. */
  sync(address: bigint, bytes: number): void;
  /** Takes the disk's space for a file of so many bytes; does nothing where the system cannot. */
  reserve(fd: number, bytes: number): void;
  /** The bytes at an address, at most 4 GiB. */
  view(address: bigint, bytes: number): ArrayBuffer;
}

interface Koffi {
  load(path: null): { func(definition: string): (...given: unknown[]) => unknown };
  view(address: bigint, bytes: number): ArrayBuffer;
  errno(): number;
}

/** The most bytes that a buffer over memory of others may have; koffi ends the process for more. */
export const MOST_VIEWED = 2 ** 32;

export const SHARED = 1;
export const PRIVATE = 2;
/** Pages that are written count only then: without it a private map must fit into memory as a whole. */
const NO_RESERVE = 0x4000;
const READ_WRITE = 3;
const FAILED = 2n ** 64n - 1n;

interface Runtime {
  readonly process?: {
    readonly platform?: string;
    readonly argv?: readonly string[];
    readonly cwd?: () => string;
  };
}

let known: Libc | null = null;

/**
 * The calls.
 *
 * @throws ValueError where files cannot be mapped, and when koffi is not installed.
 */
export function libc(caller: string): Libc {
  known ??= bind(caller);
  return known;
}

function bind(caller: string): Libc {
  const { platform = "" } = (globalThis as Runtime).process ?? {};
  const createRequire = builtin<typeof import("node:module")>("node:module", caller).createRequire;
  if (platform === "win32") {
    throw new ValueError(`${caller}: files are mapped on Linux and macOS only; read parts with np.fromfile`);
  }
  const koffi = loadKoffi(createRequire, caller);
  const library = koffi.load(null);
  const mmap = library.func(
    "void *mmap(void *address, size_t bytes, int protection, int flags, int fd, int64_t offset)",
  );
  const munmap = library.func("int munmap(void *address, size_t bytes)");
  const msync = library.func("int msync(void *address, size_t bytes, int flags)");
  const { getSystemErrorName } = builtin<typeof import("node:util")>("node:util", caller);
  const failure = (what: string, code: number) => new ValueError(`${what}: ${getSystemErrorName(-code)}`);
  const linux = platform === "linux" || platform === "android";
  const allocate = linux ? library.func("int posix_fallocate(int fd, int64_t offset, int64_t bytes)") : null;
  return {
    map(bytes, flags, fd, offset) {
      const all = linux && flags === PRIVATE ? flags | NO_RESERVE : flags;
      const address = BigInt(mmap(null, bytes, READ_WRITE, all, fd, offset) as bigint | number);
      if (address === FAILED) throw failure(`the system did not map ${bytes} bytes`, koffi.errno());
      return address;
    },
    unmap: (address, bytes) => void munmap(address, bytes),
    sync(address, bytes) {
      if (msync(address, bytes, linux ? 4 : 0x10) !== 0)
        throw failure("the system did not write", koffi.errno());
    },
    reserve(fd, bytes) {
      const code = allocate === null ? 0 : Number(allocate(fd, 0, bytes));
      if (code !== 0) throw failure(`there is no room for a file of ${bytes} bytes`, code);
    },
    view(address, bytes) {
      if (bytes > MOST_VIEWED) throw new ValueError(`internal: a view of ${bytes} bytes`);
      return koffi.view(address, bytes);
    },
  };
}

/** As the program finds its packages: from where its first file lies, else from where it runs. */
function loadKoffi(createRequire: (base: string) => (name: string) => unknown, caller: string): Koffi {
  const { argv = [], cwd } = (globalThis as Runtime).process ?? {};
  const { existsSync, realpathSync } = fs(caller);
  const program = argv[1] !== undefined && existsSync(argv[1]) ? realpathSync(argv[1]) : null;
  const folder = cwd === undefined ? null : `${cwd()}/`;
  for (const base of [program, folder]) {
    if (base === null) continue;
    try {
      return createRequire(base)("koffi") as Koffi;
    } catch (error) {
      if ((error as { code?: unknown }).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw new ValueError(
    `${caller}: files are mapped by the package koffi, which is not installed; npm install koffi`,
  );
}
