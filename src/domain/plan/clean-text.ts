/** Trimmed, with `\n` line ends, without NUL and halves of surrogate pairs, which neither document nor database keep. */
export const cleanText = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '').replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim();
