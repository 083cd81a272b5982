import type { Came } from './page-calls.ts';

/** Who asks. The lead leads the team that is asked about; the stranger administers another organisation. */
export const callers = ['nobody', 'stranger', 'observer', 'member', 'lead', 'administrator'] as const;
export type Caller = (typeof callers)[number];

/** Ids that the calls of the matrix are made with. */
export type PageIds = Readonly<Record<string, string>>;

/** One load or act as the matrix makes it, with what may come of it where that is not the default. */
export interface PageRow {
  readonly params?: (ids: PageIds) => Readonly<Record<string, string>>;
  readonly query?: string;
  readonly form?: (ids: PageIds) => Readonly<Record<string, string>>;
  readonly expect?: Partial<Readonly<Record<Caller, readonly Came[]>>>;
  /** What comes of it for a guest of a session; without it, what comes of it for nobody. */
  readonly guest?: readonly Came[];
  /** One's own affair: an observer may do it for himself. */
  readonly own?: true;
}

export const no: readonly Came[] = ['refused', 'forbidden', 'not-found'];
/** Who may make a move, and when, is the domain's: what matters here is that it was asked. */
export const asked: readonly Came[] = ['done', 'elsewhere', ...no];

export const administratorsOnly = { member: no, lead: no, administrator: asked } as const;
export const one = (name: string) => (ids: PageIds) => ({ id: ids[name] ?? '' });
/** Doors that are open to everybody, or closed to everybody after set-up. */
export const door = (...came: readonly Came[]): NonNullable<PageRow['expect']> =>
  Object.fromEntries(callers.map((caller) => [caller, came]));
/** Its stranger may do to his own organisation what he likes. */
export const inOnesOwn = { stranger: ['done', 'elsewhere', ...no] } as const;
export const changesOrganisation = { ...administratorsOnly, ...inOnesOwn };
