import { Inflate } from "fflate";
import { ValueError } from "../errors.ts";
import type { Pull, Steps } from "./steps.ts";

/** Packed bytes that are unpacked at a time; at most a thousand times as many come out. */
const STEP = 16_384;
/** One byte of deflate is at most this many bytes unpacked: 258 of them cost two bits. */
const MAX_RATIO = 1032;

/** Deflated bytes, unpacked as they are read, so that nobody has to hold more of them than a step gives. */
export class InflatePull implements Pull {
  left: number;
  readonly #packed: Pull;
  readonly #inflate: Inflate;
  #ready: Uint8Array = new Uint8Array(0);
  #ended = false;

  /** @throws ValueError when so few packed bytes can never become `unpacked` ones. */
  constructor(packed: Pull, unpacked: number) {
    if (unpacked > (packed.left ?? 0) * MAX_RATIO) {
      throw new ValueError(`damaged archive: ${packed.left} deflated bytes cannot hold ${unpacked}`);
    }
    this.#packed = packed;
    this.left = unpacked;
    this.#inflate = new Inflate((bytes) => {
      this.#ready = bytes;
    });
  }

  *read(into: Uint8Array): Steps<number> {
    let done = 0;
    while (done < into.length) {
      if (this.#ready.length === 0 && !(yield* this.#refill())) break;
      const part = this.#ready.subarray(0, into.length - done);
      into.set(part, done);
      this.#ready = this.#ready.subarray(part.length);
      done += part.length;
    }
    this.left -= done;
    return done;
  }

  /** Unpacks until there is something; false at the end. */
  *#refill(): Steps<boolean> {
    while (this.#ready.length === 0 && !this.#ended) {
      const packed = new Uint8Array(Math.min(STEP, this.#packed.left ?? 0));
      const count = yield* this.#packed.read(packed);
      this.#ended = count < packed.length || this.#packed.left === 0;
      this.#push(packed.subarray(0, count));
    }
    return this.#ready.length > 0;
  }

  #push(packed: Uint8Array): void {
    try {
      this.#inflate.push(packed, this.#ended);
    } catch (error) {
      throw new ValueError(
        `damaged archive: the deflated data cannot be unpacked (${(error as Error).message})`,
      );
    }
  }
}
