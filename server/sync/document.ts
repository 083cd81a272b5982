import * as Y from 'yjs';
import type { NackReason } from '#protocol/refusals.ts';
import { inspectUpdate, type Inspection } from './gate/inspect-update.ts';
import { touchedRecords, type TouchedRecords } from './gate/touched-records.ts';
import type { BoardRules, Member, PermitFacts } from './hooks.ts';

export type Verdict =
  | { readonly kind: 'accepted'; readonly inspection: Inspection; readonly touched: TouchedRecords }
  /** Nothing in it that the document does not have. */
  | { readonly kind: 'nothing-new' }
  | {
      readonly kind: 'refused';
      readonly reason: NackReason;
      readonly detail: string;
      readonly spoiled: boolean;
    };

export const recordCap = 25_000;

/**
 * The server's own document of a board: everything committed plus everything accepted and on its way. Any refusal after
 * an update was applied spoils it (Yjs can not take back): the room then throws it away and builds it anew.
 */
export class WorkingDocument {
  readonly doc: Y.Doc;
  readonly #rules: BoardRules;
  readonly #roots: ReadonlySet<string>;
  readonly #records = new Set<string>();
  /** The first transaction since it was last forgotten: that of the update being applied. */
  #applied: Y.Transaction | null = null;

  /** Throws when the parts do not make a whole document. */
  constructor(parts: readonly Uint8Array[], rules: BoardRules, clientId: number) {
    this.#rules = rules;
    this.#roots = new Set(rules.roots);
    this.doc = new Y.Doc({ gc: true });
    this.doc.clientID = clientId;
    this.doc.transact(() => {
      for (const part of parts) Y.applyUpdate(this.doc, part, 'load');
    });
    if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) {
      throw new Error('the stored log has a gap');
    }
    for (const root of rules.roots) for (const id of this.doc.getMap(root).keys()) this.#records.add(id);
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#applied ??= transaction;
    });
    rules.opened?.(this.doc);
  }

  get recordCount(): number {
    return this.#records.size;
  }

  /**
   * Checks an update and applies it (sync.md Y1: structure -> apply -> records touched -> rights -> validation).
   * `mayWriteAs(client)` says whether the author may use a Yjs client id; null when yes, else the refusal.
   */
  take(
    bytes: Uint8Array,
    author: Member,
    mayWriteAs: (client: number) => NackReason | null,
    around: PermitFacts,
  ): Verdict {
    const store = this.doc.store;
    const inspected = inspectUpdate(bytes, (client) => Y.getState(store, client), this.#roots);
    if (!inspected.ok)
      return { kind: 'refused', reason: inspected.reason, detail: inspected.detail, spoiled: false };
    const { inspection } = inspected;
    for (const [client, { to }] of inspection.writes) {
      // Known structs of others come with a stock client's step 2 after a reconnect; they are no claim.
      if (to <= Y.getState(store, client)) continue;
      const reason = mayWriteAs(client);
      if (reason)
        return { kind: 'refused', reason, detail: 'it is written under another id', spoiled: false };
    }
    if (!inspection.hasNewStructs && !inspection.hasDeletes) return { kind: 'nothing-new' };

    this.#applied = null;
    try {
      Y.applyUpdate(this.doc, bytes, author);
    } catch {
      return { kind: 'refused', reason: 'invalid', detail: 'it can not be applied', spoiled: true };
    }
    if (store.pendingStructs !== null || store.pendingDs !== null) {
      return { kind: 'refused', reason: 'gap', detail: 'an earlier change is missing', spoiled: true };
    }
    const transaction = this.#applied as Y.Transaction | null;
    if (transaction === null) return { kind: 'nothing-new' };
    if (!inspection.hasNewStructs && transaction.deleteSet.clients.size === 0) return { kind: 'nothing-new' };
    return this.#judge(transaction, inspection, author, around);
  }

  #judge(transaction: Y.Transaction, inspection: Inspection, author: Member, around: PermitFacts): Verdict {
    const spoil = (reason: NackReason, detail: string): Verdict => ({
      kind: 'refused',
      reason,
      detail,
      spoiled: true,
    });
    const touched = touchedRecords(this.doc, transaction, this.#rules.roots);
    if (touched.tooDeep) return spoil('invalid', 'it is nested too deeply');
    if (touched.elsewhere) return spoil('invalid', 'it changes an unknown part of the document');
    const forbidden = this.#rules.permit?.(this.doc, touched, transaction, author, around);
    if (forbidden) return spoil(forbidden.reason, forbidden.detail);
    for (const id of touched.changed) {
      const fault = this.#rules.validate(
        this.doc,
        touched.rootOf.get(id) ?? '',
        id,
        touched.keysOf.get(id) ?? null,
      );
      if (fault) return spoil(fault.reason, fault.detail);
    }
    const before = this.#records.size;
    this.#note(touched);
    if (this.#records.size > recordCap && this.#records.size > before) {
      return spoil('board-full', `a board holds at most ${recordCap} objects`);
    }
    return { kind: 'accepted', inspection, touched };
  }

  #note(touched: TouchedRecords): void {
    for (const id of touched.changed) this.#records.add(id);
    for (const id of touched.removed) this.#records.delete(id);
  }

  /** Does this update bring anything the document does not have? */
  isNew(bytes: Uint8Array): boolean {
    const { structs, ds } = Y.decodeUpdate(bytes);
    const { store } = this.doc;
    if (structs.some((struct) => struct.id.clock + struct.length > Y.getState(store, struct.id.client)))
      return true;
    for (const [client, ranges] of ds.clients) {
      const known = store.clients.get(client) ?? [];
      for (const { clock, len } of ranges) {
        if (clock + len > Y.getState(store, client)) return true;
        for (let i = Y.findIndexSS(known, clock); i < known.length; i++) {
          const struct = known[i];
          if (!struct || struct.id.clock >= clock + len) break;
          if (!struct.deleted) return true;
        }
      }
    }
    return false;
  }

  /** Runs the server's own change; the update it made, or null when it changed nothing. */
  change(origin: unknown, run: (doc: Y.Doc) => void): { bytes: Uint8Array; touched: TouchedRecords } | null {
    let bytes: Uint8Array | null = null;
    let transaction: Y.Transaction | null = null;
    const take = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, made: Y.Transaction): void => {
      bytes = bytes ? Y.mergeUpdates([bytes, update]) : update;
      transaction = made;
    };
    this.doc.on('update', take);
    try {
      this.doc.transact(() => run(this.doc), origin);
    } finally {
      this.doc.off('update', take);
    }
    const made = transaction as Y.Transaction | null;
    if (bytes === null || made === null) return null;
    const touched = touchedRecords(this.doc, made, this.#rules.roots);
    this.#note(touched);
    return { bytes, touched };
  }

  /** Lets the rules put right what this change and somebody else's made together; the server's own update, or null. */
  repair(touched: TouchedRecords): Uint8Array | null {
    const { needsRepair, repair } = this.#rules;
    if (!repair || (needsRepair && !needsRepair(this.doc, touched))) return null;
    return this.change('repair', (doc) => repair(doc, touched))?.bytes ?? null;
  }
}
