import type { Answer, Ask, Card, QuestionName, Reply, Request } from "./protocol.ts";

/**
 * The worker that runs programs, and the watch over it. It answers one question after another; each has so much time from
 * when the one before it was answered. A worker that takes longer is ended, whatever it does, and another one started.
 */

/** Thrown when the worker did not answer in time. */
export class TimeLimitError extends Error {
  readonly milliseconds: number;
  constructor(milliseconds: number) {
    super(`stopped after ${milliseconds / 1000} s, the time limit`);
    this.milliseconds = milliseconds;
  }
}

/** Thrown when the worker was ended for something newer. */
export class EndedError extends Error {}

/** What a run tells before it is done. */
export interface RunListener {
  begin(start: number, end: number): void;
  card(card: Card): void;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly listener: RunListener | null;
  readonly limit: number;
}

// The library has to be loaded and compiled before the first question counts.
const BOOT_MS = 30_000;

export class WorkerSession {
  limit = 5000;
  /** Called with each new worker, before it is asked anything else. */
  onStart: () => void = () => {};
  private worker: Worker | null = null;
  private ready = false;
  private nextId = 1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Map<number, Waiting>();

  /** Asks the worker, which is started if there is none. */
  ask<Q extends QuestionName>(
    question: Q,
    ask: Ask<Q>,
    listener: RunListener | null = null,
  ): Promise<Answer<Q>> {
    if (this.worker === null) this.start();
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, listener, limit: this.limit });
      this.worker?.postMessage({ id, question, ask } satisfies Request<Q>);
      if (this.waiting.size === 1) this.watch();
    });
  }

  /** Ends the worker; what was asked is rejected with `error`. */
  end(error: Error): void {
    this.worker?.terminate();
    this.worker = null;
    clearTimeout(this.timer);
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(error);
  }

  start(): void {
    this.ready = false;
    this.worker = new Worker(new URL("../worker.ts", import.meta.url), { type: "module", name: "ndview" });
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => this.hear(data);
    this.worker.onerror = (event) => this.end(new Error(event.message || "the worker could not be started"));
    this.onStart();
  }

  private watch(): void {
    clearTimeout(this.timer);
    const first = this.waiting.values().next().value;
    if (first === undefined) return;
    const limit = this.ready ? first.limit : BOOT_MS;
    this.timer = setTimeout(() => this.end(new TimeLimitError(limit)), limit);
  }

  private hear(reply: Reply): void {
    if (reply.kind === "ready") {
      this.ready = true;
      this.watch();
      return;
    }
    const waiting = this.waiting.get(reply.id);
    if (waiting === undefined) return;
    if (reply.kind === "begin") waiting.listener?.begin(reply.start, reply.end);
    else if (reply.kind === "card") waiting.listener?.card(reply.card);
    else {
      this.waiting.delete(reply.id);
      this.watch();
      if (reply.kind === "answer") waiting.resolve(reply.answer as never);
      else waiting.reject(new Error(reply.message));
    }
  }
}
