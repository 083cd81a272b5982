import type { OrganisationRole, TeamRole } from '../../domain/access/roles.ts';
import type { StoredThresholds } from '../../domain/settings/thresholds.ts';
import type { Instant, LocalDate, TimeZone } from '../../domain/time.ts';

/** JSON shapes of organisation, people and teams, as pages, API and board receive them. Instants are milliseconds. */
export interface OrganisationView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'own' | 'example';
  readonly timezone: TimeZone;
  readonly weekStart: number;
  readonly fiscalStartMonth: number;
  readonly depth: 'light' | 'standard';
  /** What it set otherwise than the defaults, by key (thresholdsOf reads it). */
  readonly thresholds: StoredThresholds;
  /** The organisation's own now: the example lives in 2025 (tracking.md T19). */
  readonly now: Instant;
}

export interface PersonView {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** 1-12, hue of cursor and avatar. */
  readonly colour: number;
  /** False for a name without account: "not joined". */
  readonly joined: boolean;
}

export interface TeamView {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly colour: number;
  readonly members: readonly { readonly personId: string; readonly role: TeamRole; readonly share: number }[];
}

export interface MemberView {
  readonly id: string;
  readonly person: PersonView;
  readonly email: string;
  readonly role: OrganisationRole;
  readonly suspended: boolean;
}

export interface PeriodView {
  readonly id: string;
  readonly kind: 'year' | 'half' | 'quarter' | 'month' | 'week' | 'custom';
  readonly label: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

export interface InviteView {
  readonly id: string;
  readonly role: OrganisationRole;
  readonly boardId: string | null;
  readonly teamId: string | null;
  readonly email: string | null;
  readonly uses: number;
  readonly maxUses: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revoked: boolean;
}

export interface SignInView {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent: string;
  readonly address: string;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
}

/** An identity provider that people may sign in with. */
export interface ProviderView {
  readonly kind: 'oidc' | 'saml';
  readonly name: string;
}

/** A link of an account to who somebody is at an identity provider. */
export interface IdentityView {
  readonly id: string;
  /** Its name, or the host of its issuer. */
  readonly provider: string;
  readonly email: string | null;
  readonly since: Instant;
}

export interface ApiTokenView {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scope: 'read' | 'write';
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly expiresAt: Instant;
}
