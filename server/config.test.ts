import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'throughline-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const faultOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
    return 'none';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
  }
};

describe('settings', () => {
  test('[HT8] have defaults that need no configuration', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      origin: null,
      databaseUrl: null,
      dataDir: resolve('data'),
      logLevel: 'info',
      oidc: null,
      saml: null,
    });
    expect(readConfig({ PORT: '', ORIGIN: '  ' })).toMatchObject({ port: 3000, origin: null });
  });

  test.each([
    ['PORT', 'http', /^StartFailure: PORT is "http"; allowed: a whole number from 0 to 65535\.$/],
    ['PORT', '65536', /PORT is "65536"; allowed: a whole number/],
    ['PORT', '80.5', /PORT is "80.5"; allowed: a whole number/],
    ['HOST', 'my host', /HOST is "my host"; allowed: an IP address or host name/],
    ['ORIGIN', 'plan.example.org', /ORIGIN is "plan.example.org"; allowed: a URL that starts with http/],
    ['ORIGIN', 'ftp://plan.example.org', /ORIGIN is "ftp:.*allowed: a URL that starts with http/],
    ['ORIGIN', 'https://example.org/plan', /allowed: the address people type, without a path/],
    [
      'DATABASE_URL',
      'mysql://me:hunter2@db/x',
      /^StartFailure: DATABASE_URL is not right; allowed: a URL that starts with postgres/,
    ],
    ['REDIS_URL', 'cache:6379', /REDIS_URL is not right; allowed: a URL that starts with redis/],
    ['SMTP_URL', 'mail.example.org', /SMTP_URL is not right; allowed: a URL that starts with smtp/],
    ['SMTP_URL', 'smtp://', /SMTP_URL is not right; allowed: a (?:URL|mail server)/],
    ['MAIL_FROM', 'nobody', /MAIL_FROM is "nobody"; allowed: an address, with or without a name/],
    ['TRUSTED_PROXIES', '10.0.0.0/33', /TRUSTED_PROXIES is "10.0.0.0\/33"; allowed: addresses or ranges/],
    ['TRUSTED_PROXIES', 'proxy.local', /allowed: addresses or ranges/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL is "loud"; allowed: fatal, error, warn/],
    ['METRICS_TOKEN', 'short', /METRICS_TOKEN is not right; allowed: at least 16 characters/],
    ['OIDC_ISSUER', 'https://id.example.org', /belong together; set all three or none/],
  ])('[HT8] %s "%s" is refused', (name, value, words) => {
    const fault = faultOf({ [name]: value });
    expect(fault).toMatch(words);
    expect(fault).not.toContain('hunter2');
  });

  test('[HT8] that are wrong are named all at once', () => {
    const fault = faultOf({ PORT: 'x', LOG_LEVEL: 'y', ORIGIN: 'z' });
    expect(fault.split('\n')).toHaveLength(3);
  });

  test('[HT9] are read from files too, without the line end', () => {
    const file = join(folder, 'database-url');
    writeFileSync(file, 'postgres://me:secret@db.example.org/plan\n');
    expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe(
      'postgres://me:secret@db.example.org/plan',
    );
    expect(faultOf({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://db/x' })).toMatch(
      /DATABASE_URL and DATABASE_URL_FILE are both set/,
    );
    expect(faultOf({ PORT_FILE: join(folder, 'none') })).toMatch(
      /PORT_FILE is ".*none", which can not be read \(ENOENT/,
    );
  });

  test('[HT10] open the server to a network only with an ORIGIN', () => {
    expect(faultOf({ HOST: '0.0.0.0' })).toMatch(/HOST is "0.0.0.0".*ORIGIN must say how people reach it/);
    expect(readConfig({ HOST: '0.0.0.0', ORIGIN: 'https://plan.example.org' }).origin?.host).toBe(
      'plan.example.org',
    );
    for (const host of ['localhost', '127.0.0.1', '::1']) expect(readConfig({ HOST: host }).host).toBe(host);
  });

  test('[HT6] name trusted proxies by address and range, in both families', () => {
    const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '10.1.2.3, 192.168.0.0/16,fd00::/8' });
    expect(trustedProxies.check('10.1.2.3')).toBe(true);
    expect(trustedProxies.check('10.1.2.4')).toBe(false);
    expect(trustedProxies.check('192.168.77.1')).toBe(true);
    expect(trustedProxies.check('fd12::1', 'ipv6')).toBe(true);
  });

  test('[NT31] a mail server needs a sender, and neither may carry more than it should', () => {
    expect(faultOf({ SMTP_URL: 'smtp://u:secret@mail.example.org' })).toMatch(
      /^StartFailure: MAIL_FROM is not set/,
    );
    expect(faultOf({ SMTP_URL: 'imap://mail.example.org' })).toMatch(/SMTP_URL is not right/);
    const both = {
      SMTP_URL: 'smtps://u:secret@mail.example.org:465',
      MAIL_FROM: 'Throughline <plan@example.org>',
    };
    expect(readConfig(both)).toMatchObject({ smtpUrl: both.SMTP_URL, mailFrom: both.MAIL_FROM });
    expect(readConfig({ MAIL_FROM: 'plan@example.org' }).mailFrom).toBe('plan@example.org');
    expect(faultOf({ MAIL_FROM: 'plan@example.org\nBcc: all@example.org' })).toMatch(/MAIL_FROM is/);
    expect(faultOf({ ...both, SMTP_URL: 'http://secret' })).not.toContain('secret');
  });
});
