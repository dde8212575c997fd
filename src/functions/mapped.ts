/** Arrays over mapped files. */

export {
  flush,
  type MapMode,
  type MapModeName,
  type Mapping,
  type MemmapKeywords,
  type MemmapOptions,
  mappingOf,
  memmap,
  type OpenMemmapKeywords,
  type OpenMemmapOptions,
  openMemmap,
} from "../io/memmap.ts";
