import { isPresent, type Session } from '#domain/facilitation/session.ts';
import type { Instant } from '#domain/time.ts';
import type { SessionMessage } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';

export interface Ears {
  send(message: SessionMessage): void;
  ended(): void;
}

/**
 * Who listens to which session on this node, what they were sent last, and who was heard of when. Everything here can be
 * lost: whoever listens again is sent the whole session first.
 */
export interface SessionHub {
  /** `viewer`: null for a guest, whose ears look after themselves. */
  listen(sessionId: string, viewer: Viewer | null, ears: Ears): () => void;
  /** Sends a newer state to everybody; an older one than sent before is dropped. */
  tell(sessionId: string, rev: number, message: SessionMessage): void;
  /** Rows may have changed where a session lists them. */
  hint(of: (sessionId: string) => boolean): void;
  /** Newest revision this node has told of; 0 for none. */
  toldRev(sessionId: string): number;
  listened(): readonly string[];
  /** Sessions this node has told anybody of and that have not ended since. */
  followed(): readonly string[];
  heard(sessionId: string, person: string, at: Instant): void;
  /** When people were last heard of, here or by another node's ring; somebody unknown is taken as heard of now. */
  lastSeen(sessionId: string, people: readonly string[], at: Instant): Readonly<Record<string, Instant>>;
  forget(sessionId: string): void;
  /** Every member who listens here. */
  listeners(): readonly Viewer[];
  /** Whose rights changed has to ask again. */
  end(concerns: (viewer: Viewer) => boolean): void;
}

/** When people who are in a session were last heard of; who is not in the answer has just come to this node. */
export function heardOf(
  it: Session,
  seen: Readonly<Record<string, Instant>>,
): Readonly<Record<string, Instant>> {
  return Object.fromEntries(Object.entries(seen).filter(([person]) => isPresent(it, person)));
}

export function makeHub(): SessionHub {
  const listeners = new Map<string, Set<{ viewer: Viewer | null; ears: Ears }>>();
  const told = new Map<string, number>();
  const beats = new Map<string, Map<string, Instant>>();
  return {
    listen(sessionId, viewer, ears) {
      const listener = { viewer, ears };
      const all = listeners.get(sessionId) ?? new Set();
      listeners.set(sessionId, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0 && listeners.get(sessionId) === all) listeners.delete(sessionId);
      };
    },
    tell(sessionId, rev, message) {
      if (rev <= (told.get(sessionId) ?? 0)) return;
      told.set(sessionId, rev);
      for (const { ears } of [...(listeners.get(sessionId) ?? [])]) ears.send(message);
    },
    hint(of) {
      for (const [id, all] of listeners) if (of(id)) for (const { ears } of all) ears.send({ type: 'hint' });
    },
    toldRev: (sessionId) => told.get(sessionId) ?? 0,
    listened: () => [...listeners.keys()],
    followed: () => [...told.keys()],
    heard(sessionId, person, at) {
      const of = beats.get(sessionId) ?? new Map<string, Instant>();
      beats.set(sessionId, of.set(person, at));
    },
    lastSeen(sessionId, people, at) {
      const of = beats.get(sessionId) ?? new Map<string, Instant>();
      beats.set(sessionId, of);
      for (const person of people) if (!of.has(person)) of.set(person, at);
      return Object.fromEntries(of);
    },
    forget(sessionId) {
      beats.delete(sessionId);
      if (!listeners.has(sessionId)) told.delete(sessionId);
    },
    listeners: () => [...listeners.values()].flatMap((all) => [...all].flatMap(({ viewer }) => viewer ?? [])),
    end(concerns) {
      for (const all of listeners.values()) {
        for (const { viewer, ears } of [...all]) if (viewer !== null && concerns(viewer)) ears.ended();
      }
    },
  };
}
