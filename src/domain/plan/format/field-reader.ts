import { cleanText } from '../clean-text.ts';
import type { LocalDate } from '../../time.ts';
import { readPlanDate } from '../local-date.ts';
import type { FaultLog } from './fault-log.ts';
import { isForbiddenName, isJsonObject, pathTo, type Json, type JsonObject } from './json.ts';
import { planFileLimits } from './plan-file.ts';
import { isSafeLink } from './safe-link.ts';

const nameOf: Readonly<Record<string, string>> = { object: 'an object', boolean: 'true or false' };

/** What a JSON value is, in words. */
function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return nameOf[typeof value] ?? `a ${typeof value}`;
}

/**
 * Reads the fields of one object of a file. Any field may be null or absent and then has its default; a field of the
 * wrong kind is logged as a fault with its path, and reading goes on. What was never asked for is in `unknown()`.
 */
export class FieldReader {
  /** Fields that really say something: not null, not empty. */
  readonly given = new Set<string>();
  private readonly asked = new Set<string>();
  private readonly kept: Record<string, Json> = {};
  private readonly value: JsonObject;
  readonly path: string;
  readonly log: FaultLog;

  constructor(value: Json, path: string, log: FaultLog) {
    if (!isJsonObject(value)) log.fault(path, `must be an object, but is ${kindOf(value)}`);
    this.value = isJsonObject(value) ? value : {};
    this.path = path;
    this.log = log;
  }

  /** The value as it stands; null when absent. */
  raw(name: string): Json {
    this.asked.add(name);
    const value = Object.hasOwn(this.value, name) ? (this.value[name] ?? null) : null;
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!empty) this.given.add(name);
    return value;
  }

  fault(name: string, message: string): void {
    this.log.fault(pathTo(this.path, name), message);
  }

  private wrong(name: string, wanted: string, value: Json): void {
    this.fault(name, `must be ${wanted}, but is ${kindOf(value)}`);
  }

  /** Text, trimmed, line ends as `\n`; empty when absent. */
  text(name: string, most: number = planFileLimits.text): string {
    const value = this.raw(name);
    if (value === null) return '';
    if (typeof value !== 'string') {
      this.wrong(name, 'text', value);
      return '';
    }
    const text = cleanText(value);
    if (text.length > most)
      this.fault(name, `is ${text.length} characters long; at most ${most} are allowed`);
    return text;
  }

  title(name = 'title'): string {
    return this.text(name, planFileLimits.title);
  }

  /** A key or a name used as one; empty text is null. */
  key(name: string): string | null {
    const key = this.text(name, planFileLimits.key) || null;
    if (key !== null && isForbiddenName(key)) this.fault(name, `is ${key}, a name that is not allowed`);
    return key;
  }

  flag(name: string): boolean {
    const value = this.raw(name);
    if (value !== null && typeof value !== 'boolean') this.wrong(name, 'true or false', value);
    return value === true;
  }

  oneOf<const T extends string, D extends T | null>(name: string, values: readonly T[], absent: D): T | D {
    const value = this.raw(name);
    if (value === null) return absent;
    const found = values.find((it) => it === value);
    if (found === undefined) this.fault(name, `must be one of ${values.join(', ')}`);
    return found ?? absent;
  }

  number(name: string, least: number, most: number): number | null {
    const value = this.raw(name);
    if (value === null) return null;
    if (typeof value !== 'number') {
      this.wrong(name, 'a number', value);
      return null;
    }
    if (value >= least && value <= most) return value;
    this.fault(name, `must be between ${least} and ${most}`);
    return null;
  }

  /** A date; text that stands where a date should is kept as `<name>Text` among the unknown fields. */
  keptDate(name: string, key: string | null): LocalDate | null {
    const { date, text } = this.date(name, key);
    if (text !== null) this.kept[`${name}Text`] = text;
    return date;
  }

  /**
   * A date, or the text that stands where a date should. `key` names the object in the warning that the text gives.
   */
  date(name: string, key: string | null): { date: LocalDate | null; text: string | null } {
    const text = this.text(name);
    if (text === '') return { date: null, text: null };
    const date = readPlanDate(text);
    if (date === null) {
      const at = pathTo(this.path, name);
      this.log.warn(
        'not-a-date',
        `${at} is "${text.slice(0, 60)}", not a date like 2026-03-31; kept as text.`,
        key,
      );
    }
    return { date, text: date === null ? text : null };
  }

  link(name: string): string | null {
    const text = this.text(name);
    if (text === '') return null;
    if (!isSafeLink(text)) this.fault(name, 'must be an http, https or mailto address');
    return text;
  }

  /** The items of a list with their paths; none when absent. */
  list(name: string): { value: Json; path: string }[] {
    const value = this.raw(name);
    if (value === null) return [];
    if (!Array.isArray(value)) {
      this.wrong(name, 'a list', value);
      return [];
    }
    return (value as readonly Json[]).map((item, index) => ({
      value: item,
      path: pathTo(pathTo(this.path, name), index),
    }));
  }

  /** A list of texts, each once. */
  texts(name: string): string[] {
    const texts = this.list(name).flatMap(({ value, path }) => {
      const text = typeof value === 'string' ? cleanText(value) : '';
      if (typeof value !== 'string') this.log.fault(path, `must be text, but is ${kindOf(value)}`);
      else if (text.length > planFileLimits.key || isForbiddenName(text)) this.log.fault(path, 'is no name');
      return text || [];
    });
    return [...new Set(texts)];
  }

  /** A reader of an object within this one; empty when absent. */
  object(name: string): FieldReader {
    const value = this.raw(name);
    return new FieldReader(value ?? {}, pathTo(this.path, name), this.log);
  }

  /** The fields nobody asked for, as they stand, and texts kept from where dates should be. */
  unknown(): JsonObject {
    const others = Object.entries(this.value).filter(([name]) => !this.asked.has(name));
    return { ...Object.fromEntries(others), ...this.kept };
  }
}
