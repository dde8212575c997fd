import type { Answer, QuestionName, Reply, Request } from "./src/protocol.ts";
import { WorkerState } from "./worker/answers.ts";

/** The worker: takes one question after another and answers each. Where it hangs, the page ends it. */

const state = new WorkerState();
const send = (reply: Reply, transfer: Transferable[] = []): void => {
  (self as unknown as { postMessage(message: Reply, transfer: Transferable[]): void }).postMessage(
    reply,
    transfer,
  );
};

function answer<Q extends QuestionName>({ id, question, ask }: Request<Q>): Answer<Q> {
  return state.answer(question, ask, {
    begin: (start, end) => send({ kind: "begin", id, start, end }),
    card: (card) => send({ kind: "card", id, card }),
  });
}

self.onmessage = ({ data }: MessageEvent<Request>): void => {
  try {
    const made = answer(data);
    send({ kind: "answer", id: data.id, answer: made }, buffersIn(made));
  } catch (error) {
    send({ kind: "failed", id: data.id, message: error instanceof Error ? error.message : String(error) });
  }
};

/** Large parts of an answer are moved, not copied: each was made for it. */
function buffersIn(made: unknown): ArrayBuffer[] {
  if (made === null || typeof made !== "object") return [];
  return Object.values(made).flatMap((part) =>
    ArrayBuffer.isView(part) &&
    part.buffer instanceof ArrayBuffer &&
    part.byteLength === part.buffer.byteLength
      ? [part.buffer]
      : [],
  );
}

send({ kind: "ready" });
