/** Where something can be looked at: its own page, and the board as it was then at its card. Paths within the site. */
export interface MinutesLinks {
  readonly page: string | null;
  readonly board: string | null;
}

interface Linked {
  readonly links: MinutesLinks;
}

/** Minutes as data, `throughline-minutes/1`: names in place of ids, instants in ISO 8601 UTC, days as `YYYY-MM-DD`. */
export interface MinutesFile {
  readonly format: 'throughline-minutes/1';
  readonly session: {
    readonly id: string;
    readonly organisation: string;
    readonly title: string;
    readonly kind: string;
    readonly plannedAt: string | null;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly ledBy: readonly string[];
    /** Nobody ended it. */
    readonly endedByClock: boolean;
    readonly boardPaused: boolean;
    readonly board: string | null;
    /** Pictures of the board, oldest first. */
    readonly pictures: readonly { readonly why: string; readonly at: string; readonly link: string }[];
  };
  readonly decisions: readonly (Linked & {
    readonly question: string;
    readonly status: string;
    readonly chosen: string | null;
    readonly decider: string | null;
    readonly decidedAt: string | null;
    readonly neededBy: string | null;
    readonly alternatives: readonly string[];
    readonly why: string;
  })[];
  /** Made or changed in the session. */
  readonly commitments: readonly (Linked & {
    readonly title: string;
    readonly owner: string | null;
    readonly due: string | null;
    readonly change: string;
  })[];
  readonly people: readonly {
    readonly name: string;
    readonly owes: readonly (Linked & {
      readonly what: string;
      readonly title: string;
      readonly due: string | null;
      readonly change: string;
    })[];
  }[];
  /** Where the next three come from: the end of the session, now, or the log; null: nobody knows any more. */
  readonly tablesFrom: 'end' | 'now' | 'log' | null;
  readonly objectives: readonly (Linked & {
    readonly title: string;
    readonly owner: string | null;
    readonly team: string | null;
    readonly state: string;
    readonly due: string | null;
    readonly weight: number;
    readonly businessValue: number | null;
    readonly confidence: number | null;
    readonly lastStatus: string | null;
    readonly lastCheckInAt: string | null;
  })[];
  readonly dependencies: readonly (Linked & {
    readonly what: string;
    readonly state: string;
    readonly objective: string;
    readonly needs: string | null;
    readonly gives: string | null;
    readonly person: string | null;
    readonly neededBy: string | null;
    readonly promisedFor: string | null;
    readonly riskOwner: string | null;
  })[];
  readonly risks: readonly (Linked & {
    readonly title: string;
    readonly sign: string;
    readonly state: string;
    readonly owner: string | null;
    readonly followUp: string | null;
    readonly reason: string;
  })[];
  readonly outputs: readonly (Linked & {
    readonly output: string;
    readonly text: string;
    readonly by: string;
    readonly at: string;
    readonly owner: string | null;
    readonly due: string | null;
  })[];
  readonly acts: readonly (Linked & { readonly text: string; readonly by: string; readonly at: string })[];
  /** Totals only of what was hidden: never who, and of hidden scores never what single people gave. */
  readonly votes: readonly (Linked & {
    readonly title: string;
    readonly hidden: boolean;
    readonly votes: number;
    readonly voters: number;
    readonly result: string;
    readonly spread: number | null;
  })[];
  readonly parked: readonly (Linked & {
    readonly title: string;
    readonly by: string;
    readonly at: string;
    readonly ending: string;
  })[];
  readonly leftOpen: readonly string[];
  readonly changedBefore: readonly (Linked & {
    readonly title: string;
    readonly text: string;
    readonly by: string;
    readonly at: string;
  })[];
  readonly sections: readonly {
    readonly title: string;
    readonly plannedMinutes: number;
    readonly actualMinutes: number;
    readonly from: string | null;
    readonly to: string | null;
    readonly skipped: boolean;
    readonly without: readonly string[];
  }[];
  readonly attendance: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string | null;
    readonly minutes: number;
  }[];
  readonly rating: { readonly mean: number; readonly count: number } | null;
  readonly added: readonly { readonly text: string; readonly by: string; readonly at: string }[];
}
