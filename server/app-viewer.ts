import type { OrganisationRole, TeamRole } from '../src/domain/access/roles.ts';
import type { Via } from '../src/domain/event.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import type * as people from '../src/protocol/views/organisation.ts';

/** Who is asking, resolved from cookie, bearer token or ticket, always within one organisation. */
export interface Viewer {
  readonly accountId: string;
  readonly organisationId: string;
  readonly memberId: string;
  readonly personId: string;
  readonly personKey: string;
  readonly name: string;
  readonly colour: number;
  readonly role: OrganisationRole;
  readonly roleVersion: number;
  readonly teams: readonly { readonly teamId: string; readonly key: string; readonly role: TeamRole }[];
  readonly via: Via;
  /** The sign-in, when a browser asks. */
  readonly signInId: string | null;
  readonly scope: 'read' | 'write';
  /** Example only: acting as somebody else by *View as*. */
  readonly viewingAs: boolean;
  /** Boards of the organisation that this viewer may not look at: of other teams, or somebody's own. Nearly always none. */
  readonly hiddenBoards: readonly string[];
  readonly organisation: people.OrganisationView;
}

export type Result<T> = Promise<Outcome<T>>;

/** The browser or script at the other end. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
}
