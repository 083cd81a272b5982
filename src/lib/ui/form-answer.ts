/** What a form's action answered: refused with every fault and all that was typed, or done with a sentence. */
export interface FormAnswer {
  /** Which form of the page it was. */
  readonly form: string;
  readonly message: string | null;
  /** Field name -> what is wrong with it. */
  readonly faults: Readonly<Record<string, string>>;
  /** Field name -> what was typed; never a password. */
  readonly typed: Readonly<Record<string, readonly string[]>>;
  /** What was achieved; null when refused. */
  readonly done: string | null;
  /** Facts shown once, such as a new link or token. */
  readonly shown?: Readonly<Record<string, string>>;
}

/** A form's view of the page's last answer: empty unless it was this form's. */
export interface FormReading {
  readonly answered: boolean;
  readonly message: string | null;
  readonly done: string | null;
  fault(field: string): string | undefined;
  /** What was typed, else `otherwise`. */
  value(field: string, otherwise?: string): string;
  values(field: string, otherwise?: readonly string[]): readonly string[];
  shown(name: string): string | undefined;
}

/** Reads the last answer for the form called `name`. After success the typed values are gone, as they should be. */
export function readAnswer(answer: FormAnswer | null | undefined, name: string): FormReading {
  const mine = answer?.form === name ? answer : null;
  const typed = mine !== null && mine.done === null ? new Map(Object.entries(mine.typed)) : new Map();
  return {
    answered: mine !== null,
    message: mine?.message ?? null,
    done: mine?.done ?? null,
    fault: (field) => (mine === null ? undefined : new Map(Object.entries(mine.faults)).get(field)),
    value: (field, otherwise = '') => (typed.get(field) as readonly string[] | undefined)?.[0] ?? otherwise,
    values: (field, otherwise = []) =>
      typed.size === 0 ? otherwise : ((typed.get(field) as readonly string[] | undefined) ?? []),
    shown: (fact) => mine?.shown?.[fact],
  };
}
