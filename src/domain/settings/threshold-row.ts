import {
  defaultThresholds,
  type Threshold,
  type ThresholdGroup,
  type ThresholdPart,
  type Thresholds,
} from './threshold.ts';

/** A threshold in a line of the table: what is not said of it is the rules' own. */
type Row<P extends ThresholdPart> = readonly [
  key: string,
  field: keyof Thresholds[P] & string,
  label: string,
  unit: string,
  bounds: readonly [least: number, most: number],
  ...rules: readonly string[],
];

/** Shares are kept as per cent. */
export const share = '%';

/** Makes the lines of one part; the default is the rules' own. */
export const rowsOf =
  <P extends ThresholdPart>(part: P, group: ThresholdGroup) =>
  ([key, field, label, unit, [least, most], ...rules]: Row<P>): Threshold => {
    const value = Number(defaultThresholds[part][field]);
    const shown = unit === share ? Math.round(value * 100) : value;
    return { key, part, field, group, label, unit, default: shown, least, most, rules };
  };
