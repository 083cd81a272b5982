import { expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';

const smtp = { SMTP_URL: 'smtp://mail.example.org', MAIL_FROM: 'plan@example.org' };
const both = { ...smtp, REPLY_ADDRESS: 'checkin@plan.example.org', REPLY_PORT: '2525' };

test('[NT57] an address with its port takes answers, where the server listens or where it is told to', () => {
  expect(readConfig({}).replies).toBeNull();
  const replies = { address: 'checkin@plan.example.org', port: 2525, host: '127.0.0.1' };
  expect(readConfig(both).replies).toEqual(replies);
  expect(readConfig({ ...both, REPLY_HOST: '0.0.0.0' }).replies).toEqual({ ...replies, host: '0.0.0.0' });
});

test.each([
  [{ ...both, REPLY_ADDRESS: 'Plan <checkin@plan.example.org>' }, 'REPLY_ADDRESS is'],
  [{ ...both, REPLY_ADDRESS: 'a+b@plan.example.org' }, 'REPLY_ADDRESS is'],
  [{ ...both, REPLY_ADDRESS: `${'a'.repeat(31)}@plan.example.org` }, 'REPLY_ADDRESS is'],
  [{ ...both, REPLY_PORT: '70000' }, 'REPLY_PORT is "70000"; allowed: a whole number from 0 to 65535'],
  [{ ...both, REPLY_HOST: 'a b' }, 'REPLY_HOST is'],
  [{ ...smtp, REPLY_ADDRESS: both.REPLY_ADDRESS }, 'REPLY_ADDRESS and REPLY_PORT belong together'],
  [{ ...smtp, REPLY_PORT: '2525' }, 'REPLY_ADDRESS and REPLY_PORT belong together'],
  [{ REPLY_ADDRESS: both.REPLY_ADDRESS, REPLY_PORT: '2525' }, 'SMTP_URL is not set'],
])('[NT57] %j stops the start', (environment, words) => {
  expect(() => readConfig(environment)).toThrow(words);
});
