import { randomBytes } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';
const length = 32;

/** 160 random bits in letters whose case does not matter, as mail servers change it, and short enough for an address. */
export const newReplyToken = (): string =>
  Array.from(randomBytes(length), (byte) => letters[byte & 31]).join('');

/** The address that takes an answer: `checkin+token@plan.example.org`. */
export function replyAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${token}${address.slice(at)}`;
}

/** The token in a receiver's address; null for every address that can be none of ours. */
export function replyTokenIn(address: string, receiver: string): string | null {
  const given = receiver.trim().toLowerCase();
  const own = address.toLowerCase();
  const at = own.lastIndexOf('@');
  const [start, end] = [`${own.slice(0, at)}+`, own.slice(at)];
  if (!given.startsWith(start) || !given.endsWith(end)) return null;
  const token = given.slice(start.length, given.length - end.length);
  return /^[a-z2-7]{32}$/.test(token) ? token : null;
}
