import { useEffect, useRef, useState } from "preact/hooks";

/** Whether an element has ever been near the part of the page that is seen: what is far away is not drawn yet. */
export function useSeen<E extends Element>(): [place: { current: E | null }, seen: boolean] {
  const place = useRef<E>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: "300px" },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [seen]);
  return [place, seen];
}
