import { limitSeconds, notice, problem, running, runs } from "./state.ts";

const limits = [1, 5, 30];

/** Below the editor: run it, how long it may take, and what came of it. */
export function RunBar({ onRun }: { onRun: () => void }) {
  return (
    <div class="run-bar" data-runs={runs.value}>
      <button type="button" class="primary" onClick={onRun} title="Ctrl+Enter in the editor">
        Run
      </button>
      <label class="field small">
        <span>Time limit</span>
        <select
          value={limitSeconds.value}
          onChange={({ currentTarget }) => void (limitSeconds.value = Number(currentTarget.value))}
        >
          {limits.map((seconds) => (
            <option value={seconds} key={seconds}>
              {seconds} s
            </option>
          ))}
        </select>
      </label>
      <p class={`notice${problem.value === null ? "" : " bad"}`} role="status">
        {notice.value}
      </p>
      <span class="busy" aria-hidden="true" data-on={running.value} />
    </div>
  );
}
