import { startWorker } from "./program.ts";
import { applyTheme } from "./theme.ts";

// The library is loaded and compiled in the worker while the page is put together here.
startWorker();
applyTheme();
void import("./page.tsx").then(({ showPage }) => showPage());
