/** The functions whose errors are measured: the rows of each family. */

import { circular } from "./circular.ts";
import type { Measured } from "./domains.ts";
import { exponentials } from "./exponentials.ts";

export const functions: readonly Measured[] = [...exponentials, ...circular];
