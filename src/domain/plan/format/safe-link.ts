const host = String.raw`([^\s/?#@:\[\]\\<>"'^|%{}` + '`' + String.raw`]+|\[[0-9a-f:.]+\])(:\d{1,5})?`;
const web = new RegExp(`^https?://${host}([/?#][^\\s\\\\]*)?$`, 'i');
const mail = /^mailto:[^\s<>"\\]+$/i;

/** True for an absolute http, https or mailto address without credentials: all that a plan may link to. */
export const isSafeLink = (text: string): boolean =>
  text.length <= 2_000 && (web.test(text) || mail.test(text));
