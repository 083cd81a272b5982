import {
  InstancePresenceRecordType,
  TLPOINTER_ID,
  computed,
  react,
  type Editor,
  type TLInstancePresence,
  type TLShapeId,
} from 'tldraw';
import type { Awareness } from 'y-protocols/awareness';
import { cursorEveryMs } from '#protocol/limits.ts';
import type { CanvasInput } from './contract.ts';

/** What one window tells the others about its canvas. Who it is, the server writes beside it. */
interface CanvasPresence {
  readonly cursor: { readonly x: number; readonly y: number } | null;
  readonly camera: { readonly x: number; readonly y: number; readonly z: number };
  readonly screen: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly selected: readonly string[];
  /** The record whose words are being typed. */
  readonly typing: string | null;
  readonly following: string | null;
  readonly at: number;
}

/** One window's presence as it arrives; anything may be missing. */
interface Told {
  readonly user?: { readonly id?: string; readonly name?: string; readonly colour?: number };
  readonly canvas?: CanvasPresence;
}

/** A presence state may have 4 kB: enough for the selection people can see. */
const mostSelected = 24;

/** Shows others' cursors and selections here and tells them mine. Returns how to stop. */
export function sharePresence(editor: Editor, input: CanvasInput, awareness: Awareness): () => void {
  const stops = [tell(editor, awareness), listen(editor, input, awareness)];
  return () => {
    for (const stop of stops) stop();
    awareness.setLocalStateField('canvas', null);
  };
}

function tell(editor: Editor, awareness: Awareness): () => void {
  const mine = computed('my presence', () => read(editor));
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const send = () => {
    timer = null;
    last = Date.now();
    awareness.setLocalStateField('canvas', { ...mine.get(), at: last });
  };
  const stop = react('tell my presence', () => {
    mine.get();
    timer ??= setTimeout(send, Math.max(0, last + cursorEveryMs(awareness.getStates().size) - Date.now()));
  });
  // A hand that leaves the canvas takes its cursor along.
  const leave = () => {
    const state = awareness.getLocalState() as Told | null;
    if (state?.canvas) awareness.setLocalStateField('canvas', { ...state.canvas, cursor: null });
  };
  const container = editor.getContainer();
  container.addEventListener('pointerleave', leave);
  return () => {
    stop();
    if (timer) clearTimeout(timer);
    container.removeEventListener('pointerleave', leave);
  };
}

function read(editor: Editor): Omit<CanvasPresence, 'at'> {
  const { x, y, z } = editor.getCamera();
  const { screenBounds, followingUserId } = editor.getInstanceState();
  const pointer = editor.store.get(TLPOINTER_ID);
  return {
    cursor: pointer ? { x: Math.round(pointer.x), y: Math.round(pointer.y) } : null,
    camera: { x: Math.round(x), y: Math.round(y), z: Math.round(z * 1000) / 1000 },
    screen: { x: screenBounds.x, y: screenBounds.y, w: screenBounds.w, h: screenBounds.h },
    selected: editor.getSelectedShapeIds().slice(0, mostSelected),
    typing: editor.getEditingShapeId(),
    following: followingUserId,
  };
}

function listen(editor: Editor, input: CanvasInput, awareness: Awareness): () => void {
  const idOf = (client: number) => InstancePresenceRecordType.createId(`client-${client}`);
  const waiting = new Set<number>();
  let frame: number | null = null;
  // Twenty people's cursors in one frame cost one merge into the store, not twenty (stack-traps.md 3.6).
  const apply = () => {
    frame = null;
    const states = awareness.getStates();
    const put: TLInstancePresence[] = [];
    const remove: TLInstancePresence['id'][] = [];
    for (const client of waiting) {
      const told = states.get(client) as Told | undefined;
      const record = told?.canvas ? recordOf(editor, input, client, told, told.canvas) : null;
      if (record) put.push(record);
      else if (editor.store.has(idOf(client))) remove.push(idOf(client));
    }
    waiting.clear();
    if (put.length + remove.length === 0) return;
    editor.store.mergeRemoteChanges(() => {
      if (remove.length > 0) editor.store.remove(remove);
      if (put.length > 0) editor.store.put(put);
    });
  };
  const changed = ({
    added,
    updated,
    removed,
  }: {
    added: number[];
    updated: number[];
    removed: number[];
  }) => {
    for (const client of [...added, ...updated, ...removed])
      if (client !== awareness.clientID) waiting.add(client);
    if (waiting.size > 0) frame ??= requestAnimationFrame(apply);
  };
  changed({ added: [...awareness.getStates().keys()], updated: [], removed: [] });
  awareness.on('change', changed);
  return () => {
    awareness.off('change', changed);
    if (frame !== null) cancelAnimationFrame(frame);
  };
}

/** Somebody's window as tldraw's presence record. One's own other window says so. */
function recordOf(
  editor: Editor,
  input: CanvasInput,
  client: number,
  { user }: Told,
  told: CanvasPresence,
): TLInstancePresence {
  const mine = user?.id === input.me.personId;
  const hue = ((user?.colour ?? client) - 1 + 12) % 12;
  const color = getComputedStyle(editor.getContainer())
    .getPropertyValue(`--team-${hue + 1}`)
    .trim();
  return InstancePresenceRecordType.create({
    id: InstancePresenceRecordType.createId(`client-${client}`),
    userId: userIdOf(client),
    userName: mine ? 'You, other window' : (user?.name ?? 'Somebody'),
    color: color === '' ? '#4a5568' : color,
    currentPageId: editor.getCurrentPageId(),
    camera: { ...told.camera },
    screenBounds: { ...told.screen },
    cursor: told.cursor ? { ...told.cursor, rotation: 0, type: 'default' } : null,
    selectedShapeIds: told.selected.slice(0, mostSelected) as TLShapeId[],
    followingUserId: told.following,
    // Their clock may be wrong; what counts is that something arrived now.
    lastActivityTimestamp: Date.now(),
    chatMessage: told.typing === null ? '' : 'typing…',
  });
}

/** tldraw's user id of a window: a person with two windows is two cursors. */
export const userIdOf = (client: number): string => `client-${client}`;
