/** Rows a page: a whole board fits on one, an organisation of thousands does not. */
export const ROWS_A_PAGE = 300;

/** A long list cut into pages: the one that is asked for, and where it lies. */
export interface PageOf<T> {
  readonly rows: readonly T[];
  /** Of the first and the last row shown, from 1. */
  readonly from: number;
  readonly to: number;
  readonly of: number;
  /** Addresses of the neighbours; null where there are none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Cuts out the page that `?page=` of the address asks for; what is no page of the list is its first or last. */
export function pageOf<T>(all: readonly T[], url: URL, rowsEach = ROWS_A_PAGE): PageOf<T> {
  const last = Math.max(1, Math.ceil(all.length / rowsEach));
  const asked = Number(url.searchParams.get('page') ?? '1');
  const page = Number.isInteger(asked) ? Math.min(last, Math.max(1, asked)) : 1;
  const address = (to: number): string => {
    const query = new URLSearchParams(url.searchParams);
    if (to === 1) query.delete('page');
    else query.set('page', String(to));
    const written = query.toString();
    return written === '' ? url.pathname : `${url.pathname}?${written}`;
  };
  const from = (page - 1) * rowsEach;
  const rows = all.slice(from, from + rowsEach);
  return {
    ...{ rows, from: rows.length === 0 ? 0 : from + 1, to: from + rows.length, of: all.length },
    before: page > 1 ? address(page - 1) : null,
    after: page < last ? address(page + 1) : null,
  };
}
