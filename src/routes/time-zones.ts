/** Every time zone that can be chosen, UTC first. */
export const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((it) => it !== 'UTC'),
];
