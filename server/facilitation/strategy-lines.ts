import type { SessionRow } from '#protocol/views/facilitation.ts';
import type { Registers } from '../app-registers.ts';
import type { Viewer } from '../app.ts';
import { plainRow } from './plain-row.ts';

/** Signals from outside that nobody has closed, newest first. */
export async function readSignalLines(registers: Registers, viewer: Viewer): Promise<readonly SessionRow[]> {
  const rows = await registers.list(viewer, 'outside-signal', { open: true });
  return rows.map(({ id, title, area, ownerId, teamId, version }) => ({
    ...plainRow('signals', 'outside-signal', id, title),
    ...{ detail: area, href: `/signals/${id}`, ownerId, teamId, version },
  }));
}

/** The strategy that is current, until the next one takes its place. */
export async function readFrameLines(registers: Registers, viewer: Viewer): Promise<readonly SessionRow[]> {
  const rows = await registers.list(viewer, 'strategy-frame', { open: true });
  return rows.map(({ id, title, answered, ownerId, version }) => ({
    ...plainRow('frame', 'strategy-frame', id, title),
    ...{ detail: `${answered} of five questions answered`, href: `/strategy/${id}`, ownerId, version },
  }));
}
