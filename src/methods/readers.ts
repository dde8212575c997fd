import { readWith } from "../array/create.ts";
import { fromLists } from "../array/fromlists.ts";
import { readAllSpecs } from "../dtype/parse.ts";

/** What every function of `ndview` reads, and those of `ndview/functions` alone do not: nested lists, and dtypes with fields. */

readWith(fromLists);
readAllSpecs();
