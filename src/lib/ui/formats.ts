/** So many are kept; then all are forgotten and it begins anew: languages come from what browsers send. */
const MOST = 400;

/**
 * Formats of a language, made once each: a browser and the server need longer to make one than to write a hundred days
 * with it, and a list writes two for every row.
 */
export const dateFormat = remembered<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(
  (locale, options) => new Intl.DateTimeFormat(locale, options),
);

export const relativeFormat = remembered<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>(
  (locale, options) => new Intl.RelativeTimeFormat(locale, options),
);

function remembered<O, F>(make: (locale: string, options: O) => F): (locale: string, options: O) => F {
  const known = new Map<string, F>();
  return (locale, options) => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST) known.clear();
    const made = make(locale, options);
    known.set(key, made);
    return made;
  };
}
