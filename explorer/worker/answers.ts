import * as np from "../../src/index.ts";
import type { Answer, Ask, Card, QuestionName } from "../src/protocol.ts";
import { comparisonOf, type Pair } from "./comparison.ts";
import { Files } from "./files.ts";
import { memoryFacts } from "./memory.ts";
import { memberNames, topNames } from "./names.ts";
import { pictureOf } from "./pictures.ts";
import { ProgramRun } from "./program-run.ts";
import { cellWindow, imageSample, lineSample, planeSample } from "./samples.ts";

/** Who is told of a run while it goes on. */
export interface Progress {
  begin(start: number, end: number): void;
  card(card: Card): void;
}

type Answers = { readonly [Q in QuestionName]: (ask: Ask<Q>, progress: Progress) => Answer<Q> };

/** What the worker remembers, the files and the last run, and its answers. */
export class WorkerState {
  private readonly files = new Files();
  private run = new ProgramRun({}, 0);

  answer<Q extends QuestionName>(question: Q, ask: Ask<Q>, progress: Progress): Answer<Q> {
    const answers = this.answers as Answers;
    return answers[question](ask, progress);
  }

  private readonly answers: Answers = {
    file: ({ file }) => ({ arrays: this.files.keep(file) }),
    forget: ({ variable }) => {
      this.files.forget(variable);
      return null;
    },
    run: ({ source, width }, progress) => {
      this.run = new ProgramRun(this.files.variables(source), width);
      return this.run.execute(source, progress);
    },
    names: () => ({ names: topNames(), members: memberNames() }),
    picture: ({ key, width }) => pictureOf([this.pair(key)], width),
    plane: ({ key, leading, most }) => planeSample(this.array(key), leading, most),
    line: ({ key, axis, at, most }) => lineSample(this.array(key), axis, at, most),
    image: ({ key, most }) => imageSample(this.array(key), most),
    cells: ({ key, leading, ...at }) => cellWindow(this.array(key), leading, at),
    npy: ({ key }) => ({ bytes: np.npyBytes(this.array(key)).slice() }),
    compare: ({ first, second, width }) => comparisonOf(this.named(first), this.named(second), width),
    memory: () => memoryFacts(this.run.keepers()),
  };

  private array(key: string): np.NDArray {
    return this.pair(key)[1];
  }

  private pair(key: string): Pair {
    const found = this.run.arrays.get(key);
    if (found === undefined) throw new Error("this array is gone: run the program again");
    return found;
  }

  private named(name: string): Pair {
    const value = this.run.variables().get(name);
    if (value instanceof np.NDArray) return [name, value];
    throw new Error(`${name} is no array any more`);
  }
}
