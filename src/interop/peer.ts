import { ValueError } from "../errors.ts";

/**
 * Loads a package that only those need who use it. Nothing here imports one by itself, and their types are written down as
 * far as they are used, so that a program without them compiles and runs.
 *
 * @throws ValueError that says what to install when it is not there.
 */
export async function loadPeer<T>(name: string, entry: string, load: () => Promise<unknown>): Promise<T> {
  try {
    return (await load()) as T;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new ValueError(`${entry}: the package ${name} is not installed; npm install ${name}`);
  }
}

function isMissing(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === "ERR_MODULE_NOT_FOUND" || /cannot find (module|package)/i.test(String(message));
}
