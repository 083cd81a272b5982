import { getContext, setContext } from 'svelte';

/** What a row says between a press and the server's answer; null: nothing was pressed. */
export type RowPaint = (said: string | null) => void;

const key = Symbol('row-paint');

export function setRowPaint(paint: RowPaint): void {
  setContext(key, paint);
}

/** Of the row a form stands in; outside of rows nothing is painted. */
export function readRowPaint(): RowPaint {
  return getContext<RowPaint | undefined>(key) ?? (() => undefined);
}
