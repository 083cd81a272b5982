/**
 * What a rule answers. A refusal is normal life and therefore a value; an exception is a bug or a broken wire.
 */
export type Outcome<T, Code extends string = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal<Code> };

/** Why something was refused: a stable id for machines, and for people what is wrong and what to do next. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  /** Where in the input the fault is (a form field or JSON path), when there is one. */
  readonly path?: string;
  /** Every fault, when there are several; `code` and `message` then speak of them together. */
  readonly faults?: readonly Fault[];
  /** How it stands now, where somebody else was faster. */
  readonly now?: unknown;
}

/** One fault of an input: where it is and what is wrong with it. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** The rule allows it; `value` is what follows. */
export const allowed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** The rule refuses; `message` says what is wrong and what to do. */
export const refused = <Code extends string>(
  code: Code,
  message: string,
  more: { path?: string; faults?: readonly Fault[] } = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } => ({
  ok: false,
  refusal: { code, message, ...more },
});
