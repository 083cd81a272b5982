import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { readCertificates, readSaml, type SamlSettings } from './config-saml.ts';
import { StartFailure } from './start-failure.ts';

/** All settings, parsed once at start (architecture.md A6). */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** How people reach the server, without a path; null accepts loopback names only. */
  readonly origin: URL | null;
  /** A PostgreSQL server; null uses the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly redisUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string | null;
  /** Where answers to reminders come in; null: nowhere. */
  readonly replies: { readonly address: string; readonly host: string; readonly port: number } | null;
  /** Hosts of one's own network that chats may be posted to, as `host` or `host:port`. */
  readonly webhookAllowedHosts: readonly string[];
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null;
  readonly saml: SamlSettings | null;
  readonly tldrawLicenseKey: string | null;
  /** Addresses whose X-Forwarded-For is believed. */
  readonly trustedProxies: BlockList;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly metricsToken: string | null;
  /** So many days a board's single edits are kept at least, with author and time. */
  readonly logDays: number;
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** True for names that only this machine itself can use. */
export const isLoopbackHost = (host: string): boolean => loopbackHosts.has(host.toLowerCase());

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

const wholeOrigin = (text: string): boolean => {
  const parsed = new URL(text);
  return parsed.pathname === '/' && parsed.search === '' && parsed.hash === '' && parsed.username === '';
};

/** `plan@example.org` or `Throughline <plan@example.org>`; no line breaks, which would add headers to mails. */
const mailAddress = /^(?:[^<>@\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

/** Short enough before the at sign that a token still fits; no plus sign, which begins the token. */
const replyAddress = /^[a-z0-9._-]{1,30}@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i;

const settings = {
  PORT: z.coerce
    .number({ error: 'a whole number from 0 to 65535' })
    .pipe(
      z
        .number()
        .int({ error: 'a whole number from 0 to 65535' })
        .min(0, 'a whole number from 0 to 65535')
        .max(65535, 'a whole number from 0 to 65535'),
    ),
  HOST: z.string().refine((text) => isIP(text.replace(/^\[|\]$/g, '')) > 0 || /^[a-z0-9.-]+$/i.test(text), {
    error: 'an IP address or host name to listen on, such as 127.0.0.1 or 0.0.0.0',
  }),
  ORIGIN: url(['http:', 'https:']).refine(
    (text) => URL.canParse(text) && wholeOrigin(text),
    'the address people type, without a path, such as https://plan.example.org',
  ),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATA_DIR: z.string().min(1, 'a folder'),
  REDIS_URL: url(['redis:', 'rediss:']),
  SMTP_URL: url(['smtp:', 'smtps:']).refine(
    (text) => !URL.canParse(text) || new URL(text).hostname !== '',
    'a mail server, such as smtp://user:password@mail.example.org:587',
  ),
  MAIL_FROM: z.string().regex(mailAddress, {
    error: 'an address, with or without a name, such as Throughline <plan@example.org>',
  }),
  REPLY_ADDRESS: z.string().regex(replyAddress, {
    error: 'an address of its own, such as checkin@plan.example.org',
  }),
  REPLY_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a whole number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65535, 'a whole number from 0 to 65535'),
  REPLY_HOST: z
    .string()
    .refine((text) => isIP(text.replace(/^\[|\]$/g, '')) > 0 || /^[a-z0-9.-]+$/i.test(text), {
      error: 'an IP address or host name to listen on, such as 127.0.0.1 or 0.0.0.0',
    }),
  WEBHOOK_ALLOWED_HOSTS: z
    .string()
    .refine(
      (text) =>
        parseHosts(text).every((host) => /^(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i.test(host)),
      {
        error:
          'host names, with or without a port, separated by commas, such as chat.intranet, 10.0.0.5:8065',
      },
    ),
  OIDC_ISSUER: url(['https:', 'http:']),
  OIDC_CLIENT_ID: z.string().min(1, 'the client id given by the identity provider'),
  OIDC_CLIENT_SECRET: z.string().min(1, 'the client secret given by the identity provider'),
  SAML_ENTRY_POINT: url(['https:', 'http:']),
  SAML_ISSUER: z.string().min(1, 'the entity id of the identity provider'),
  SAML_CERTIFICATE: z.string().refine((text) => readCertificates(text) !== null, {
    error: 'one or more certificates as PEM, from BEGIN CERTIFICATE to END CERTIFICATE',
  }),
  SAML_NAME: z.string().max(60, 'up to 60 characters that people know the identity provider by'),
  TLDRAW_LICENSE_KEY: z.string().min(1, 'a licence key'),
  TRUSTED_PROXIES: z.string().refine((text) => parseProxies(text) !== null, {
    error: 'addresses or ranges separated by commas, such as 10.0.0.1, 192.168.0.0/16',
  }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    error: 'fatal, error, warn, info, debug, trace or silent',
  }),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters'),
  LOG_DAYS: z
    .string()
    .regex(/^\d{3,5}$/, 'a whole number of days, 400 or more')
    .transform(Number)
    .refine((days) => days >= 400, 'a whole number of days, 400 or more'),
} as const;

type Name = keyof typeof settings;

/** Every setting there is; each can also stand in a file, as NAME_FILE. */
export const settingNames = Object.keys(settings) as readonly Name[];

/** Values that must not be repeated on a screen or in a log. */
const secret = new Set<Name>([
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'OIDC_CLIENT_SECRET',
  'SAML_CERTIFICATE',
  'TLDRAW_LICENSE_KEY',
  'METRICS_TOKEN',
]);

/**
 * Reads the settings from an environment; `NAME_FILE` names a file that holds the value of `NAME`.
 * Throws StartFailure naming every wrong setting with what was found and what is allowed.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const take = <N extends Name>(name: N): z.output<(typeof settings)[N]> | null => {
    const text = readSetting(environment, name, faults);
    if (text === null) return null;
    const parsed = settings[name].safeParse(text);
    if (parsed.success) return parsed.data as z.output<(typeof settings)[N]>;
    const found = secret.has(name) ? 'is not right' : `is "${text}"`;
    faults.push(`${name} ${found}; allowed: ${parsed.error.issues[0]?.message ?? 'see the README'}.`);
    return null;
  };
  const host = take('HOST') ?? '127.0.0.1';
  const origin = take('ORIGIN');
  const oidc = [take('OIDC_ISSUER'), take('OIDC_CLIENT_ID'), take('OIDC_CLIENT_SECRET')] as const;
  const replies = [take('REPLY_ADDRESS'), take('REPLY_PORT'), take('REPLY_HOST')] as const;
  const { saml, fault: samlFault } = readSaml({
    ...{ entryPoint: take('SAML_ENTRY_POINT'), issuer: take('SAML_ISSUER') },
    ...{ certificate: take('SAML_CERTIFICATE'), name: take('SAML_NAME') },
  });
  const config: Config = {
    port: take('PORT') ?? 3000,
    host,
    origin: origin === null ? null : new URL(origin),
    databaseUrl: take('DATABASE_URL'),
    dataDir: resolve(take('DATA_DIR') ?? './data'),
    redisUrl: take('REDIS_URL'),
    smtpUrl: take('SMTP_URL'),
    mailFrom: take('MAIL_FROM'),
    webhookAllowedHosts: parseHosts(take('WEBHOOK_ALLOWED_HOSTS') ?? ''),
    replies:
      replies[0] !== null && replies[1] !== null
        ? { address: replies[0], port: replies[1], host: replies[2] ?? host }
        : null,
    oidc:
      oidc[0] && oidc[1] && oidc[2] ? { issuer: oidc[0], clientId: oidc[1], clientSecret: oidc[2] } : null,
    saml,
    tldrawLicenseKey: take('TLDRAW_LICENSE_KEY'),
    trustedProxies: parseProxies(take('TRUSTED_PROXIES') ?? '') ?? new BlockList(),
    logLevel: take('LOG_LEVEL') ?? 'info',
    metricsToken: take('METRICS_TOKEN'),
    logDays: take('LOG_DAYS') ?? 400,
  };
  if (
    config.oidc &&
    new URL(config.oidc.issuer).protocol === 'http:' &&
    !isLoopbackHost(new URL(config.oidc.issuer).hostname)
  ) {
    faults.push(
      'OIDC_ISSUER speaks plain http to another machine, where anybody on the way could say who somebody is; use https.',
    );
  }
  if (oidc.some((part) => part !== null) && config.oidc === null) {
    faults.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together; set all three or none.');
  }
  if (samlFault !== null && faults.length === 0) faults.push(samlFault);
  if (config.smtpUrl !== null && config.mailFrom === null && faults.length === 0) {
    faults.push(
      'MAIL_FROM is not set, which SMTP_URL needs: say who mails come from, such as MAIL_FROM="Throughline <plan@example.org>".',
    );
  }
  if (replies.some((part) => part !== null) && config.replies === null && faults.length === 0) {
    faults.push('REPLY_ADDRESS and REPLY_PORT belong together; set both or neither.');
  }
  if (config.replies !== null && config.smtpUrl === null && faults.length === 0) {
    faults.push(
      'SMTP_URL is not set, which REPLY_ADDRESS needs: reminders that nobody gets are answered by nobody.',
    );
  }
  if (!isLoopbackHost(host) && config.origin === null && faults.length === 0) {
    faults.push(
      `HOST is "${host}", which opens the server to a network; then ORIGIN must say how people reach it, such as ORIGIN=http://192.168.1.20:3000.`,
    );
  }
  if (faults.length > 0) throw new StartFailure(faults.join('\n'));
  return config;
}

/** The text of a setting, trimmed; null when it is not set or empty. */
function readSetting(
  environment: Readonly<Record<string, string | undefined>>,
  name: Name,
  faults: string[],
): string | null {
  const direct = environment[name]?.trim() || null;
  const file = environment[`${name}_FILE`]?.trim() || null;
  if (file === null) return direct;
  if (direct !== null) {
    faults.push(`${name} and ${name}_FILE are both set; keep one of them.`);
    return null;
  }
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch (error) {
    faults.push(
      `${name}_FILE is "${file}", which can not be read (${error instanceof Error ? error.message : 'unknown reason'}).`,
    );
    return null;
  }
}

const parseHosts = (text: string): readonly string[] =>
  text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');

/** A list such as `10.0.0.1, fd00::/8` as a block list; null when a part is neither address nor range. */
function parseProxies(text: string): BlockList | null {
  const list = new BlockList();
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [address = '', prefix] = part.split('/');
    const version = isIP(address);
    if (version === 0) return null;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    const most = version === 4 ? 32 : 128;
    const bits = prefix === undefined ? most : Number(prefix);
    if (!Number.isInteger(bits) || bits < 0 || bits > most) return null;
    list.addSubnet(address, bits, family);
  }
  return list;
}
