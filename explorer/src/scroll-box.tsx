import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** What scrolls when there is too little room; then the keyboard reaches it, so that its arrow keys scroll it. */
export function ScrollBox({
  name,
  label,
  children,
}: {
  name: string;
  label: string;
  children: ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current as HTMLDivElement;
    const observer = new ResizeObserver(() => look(element, label));
    observer.observe(element);
    look(element, label);
    return () => observer.disconnect();
  });
  return (
    <div class={name} ref={box}>
      {children}
    </div>
  );
}

function look(element: HTMLElement, label: string): void {
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element;
  const scrolls = scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1;
  if (scrolls === element.hasAttribute("tabindex")) return;
  if (scrolls) {
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", label);
  } else for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
}
