import { render } from "preact";
import "./styles/page.css";
import "./styles/cards.css";
import "./styles/pictures.css";
import "./styles/panels.css";
import { openFromAddress } from "./address.ts";
import { App } from "./app.tsx";

/** Puts the page together. */
export function showPage(): void {
  openFromAddress();
  render(<App />, document.getElementById("explorer") as HTMLElement);
}
