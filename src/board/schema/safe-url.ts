const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** True for an absolute http, https or mailto address: the only ones a board may hold and a page may link to. */
export function isSafeUrl(text: string): boolean {
  // URL.parse forgives tabs, line breaks and blanks as browsers do; what needs forgiving is refused.
  if (text.length > 2_000 || text !== text.trim() || /\s/.test(text)) return false;
  const url = URL.parse(text);
  return url !== null && schemes.has(url.protocol);
}

/**
 * True for a picture's source: a raster image inside the document, or a path of this server. Other hosts would learn
 * who looks at the board, and an SVG can hold script.
 */
export function isSafePicture(source: string): boolean {
  return (
    /^data:image\/(png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]*$/.test(source) ||
    /^asset:[\w-]{1,200}$/.test(source)
  );
}
