import type { Criteria } from '#domain/commitment/criteria.ts';

/** One thing a person may do now, with the facts it asks for. Forms are data, so that every move looks and works alike. */
export interface Move {
  /** The command's name; also the form's. */
  readonly command: string;
  readonly label: string;
  readonly look: 'primary' | 'plain' | 'danger';
  /** What follows from it, in a sentence. */
  readonly lead?: string;
  /** The word on the button that does it. */
  readonly press: string;
  readonly fields: readonly MoveField[];
}

interface Labelled {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly value?: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export type MoveField =
  | (Labelled & { readonly kind: 'text'; readonly lines?: number })
  | (Labelled & { readonly kind: 'date' })
  | (Labelled & { readonly kind: 'number'; readonly unit?: string })
  | (Labelled & {
      readonly kind: 'person';
      readonly team?: string | null;
      /** What the empty choice of an optional one is called. */
      readonly empty?: string;
    })
  | (Labelled & { readonly kind: 'select'; readonly options: readonly Option[]; readonly empty?: string })
  | (Labelled & { readonly kind: 'choice'; readonly options: readonly Option[] })
  | (Labelled & {
      readonly kind: 'several';
      readonly options: readonly Option[];
      readonly values?: readonly string[];
    })
  /** What each status means, four texts in a fold. */
  | (Labelled & { readonly kind: 'criteria'; readonly words: Criteria })
  | (Labelled & { readonly kind: 'people'; readonly values?: readonly string[] })
  | { readonly kind: 'hidden'; readonly name: string; readonly value: string };

/** How sure somebody is that it lands by its due. Steps, because finer ones pretend. */
export const confidenceOptions: readonly Option[] = ['10', '30', '50', '70', '90'].map((value) => ({
  value,
  label: `${value} %`,
}));

/** A reason that must be given. */
export function reason(label: string, hint?: string): MoveField {
  return { kind: 'text', name: 'reason', label, lines: 2, ...(hint === undefined ? {} : { hint }) };
}
