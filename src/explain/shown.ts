/**
 * What shows itself: as text in a terminal, and in the richest form that a notebook takes. Deno's kernel asks
 * `Jupyter.display`, IJavascript's `_toMime`, its older versions `_toHtml`; Node prints what `util.inspect` is told.
 */
export abstract class Shown {
  /** What a notebook shows, by media type. `text/plain` is what terminals print, and always there. */
  protected abstract forms(): { "text/plain": string; "text/html": string; "image/svg+xml"?: string };

  toString(): string {
    return this.forms()["text/plain"];
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return this.forms();
  }

  /** @internal */
  _toMime(): Record<string, string> {
    return this.forms();
  }

  /** @internal */
  _toHtml(): string {
    return this.forms()["text/html"];
  }
}
