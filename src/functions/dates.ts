/** Arrays of dates and spans of time. */
export type { TemporalLike } from "../dtype/date-coerce.ts";
export { type DateScalarDType, Datetime64, Timedelta64 } from "../dtype/date-scalars.ts";
export type { UnitLike } from "../dtype/dates.ts";
export {
  type BusdayOffsetOptions,
  type BusdayOptions,
  busdayCount,
  busdayOffset,
  type DatesInput,
  isBusday,
  type Roll,
} from "../ops/busdays.ts";
export { busdaycalendar, type Weekmask } from "../ops/business-calendar.ts";
export { type DatetimeTextOptions, datetimeAsString } from "../ops/date-text.ts";
export {
  type DatetimeInput,
  datetime64,
  datetimeData,
  isnat,
  type TimedeltaInput,
  timedelta64,
  toDates,
} from "../ops/dates.ts";
