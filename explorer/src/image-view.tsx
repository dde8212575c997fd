import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import { ElementMark } from "./element-mark.tsx";
import { lightElement } from "./heat-map.tsx";
import { light } from "./lighting.ts";
import type { ArrayFacts, ImageSample } from "./protocol.ts";
import { useSeen } from "./visible.ts";

const MOST = 800;

/** An array of bytes as the picture that it is. */
export function ImageView({ facts }: { facts: ArrayFacts }) {
  const [place, seen] = useSeen<HTMLDivElement>();
  const asked = useAnswer("image", seen ? { key: facts.key, most: MOST } : null);
  return (
    <div class="image" ref={place}>
      {asked.last === null ? <p class="soft">painting …</p> : <Pixels sample={asked.last} facts={facts} />}
    </div>
  );
}

function Pixels({ sample, facts }: { sample: ImageSample; facts: ArrayFacts }) {
  const { width, height, step } = sample;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current as HTMLCanvasElement;
    target.width = width;
    target.height = height;
    target.getContext("2d")?.putImageData(new ImageData(sample.pixels, width, height), 0, 0);
  }, [sample, width, height]);
  const pixel = pixelFacts(facts);
  const painted = { rows: height, columns: width, rowStep: step, columnStep: step };
  const point = ({ offsetX, offsetY, currentTarget }: PointerEvent) => {
    const { clientWidth, clientHeight } = currentTarget as HTMLCanvasElement;
    const row = Math.min(height - 1, Math.floor((offsetY / clientHeight) * height)) * step;
    const column = Math.min(width - 1, Math.floor((offsetX / clientWidth) * width)) * step;
    lightElement(pixel, [], row, column);
  };
  const scale = Math.max(1, Math.min(8, Math.floor(400 / Math.max(width, height))));
  return (
    <>
      <div
        class="heat-frame"
        style={{ width: `min(100%, ${width * scale}px)`, aspectRatio: `${width} / ${height}` }}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${facts.label} as an image, ${facts.shape[1]} by ${facts.shape[0]} pixels`}
          onPointerMove={point}
          onPointerLeave={() => light(null)}
        />
        <ElementMark facts={pixel} leading={[]} painted={painted} />
      </div>
      <p class="soft">
        {facts.shape[1]} × {facts.shape[0]} pixels{step > 1 ? `; shown is every ${step}th` : ""}
      </p>
    </>
  );
}

/** The same array with pixels for elements: all their channels together. */
function pixelFacts(facts: ArrayFacts): ArrayFacts {
  const { shape, strides, offset, itemsize } = facts;
  const [channels = 1, step = itemsize] = [shape[2], strides[2]];
  // With reversed channels the last one lies first.
  const first = step < 0 ? offset + (channels - 1) * step : offset;
  const span = (channels - 1) * Math.abs(step) + itemsize;
  return { ...facts, shape: shape.slice(0, 2), strides: strides.slice(0, 2), offset: first, itemsize: span };
}
