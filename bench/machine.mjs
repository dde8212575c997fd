// What the figures were measured on.
import { cpus, loadavg, release, totalmem, type } from "node:os";

export function machine() {
  const cores = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cores[0]?.model.trim() ?? "unknown processor"}, ${cores.length} cores, ${gib} GiB, ${type()} ${release().split("-")[0]}; load average ${loadavg()[0].toFixed(1)}`;
}
