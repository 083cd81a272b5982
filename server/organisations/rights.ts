import type { OrganisationRole } from '#domain/access/roles.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';

/** The rules of architecture.md A8 that concern an organisation itself. Pure: what the viewer is, is all they know. */
type Asked = Pick<Viewer, 'role' | 'scope' | 'teams' | 'viewingAs'>;
type Answer = Outcome<true, 'forbidden'>;

const forbid = (message: string): Answer => refused('forbidden', message);
const readOnly = 'This token may only read. Make one that may write.';

/** Settings, members, roles, periods, persons: administrators only. */
export function mayAdminister(viewer: Asked): Answer {
  if (viewer.scope === 'read') return forbid(readOnly);
  if (viewer.viewingAs) return forbid('You are viewing as somebody else. Go back to yourself first.');
  return viewer.role === 'administrator'
    ? allowed(true)
    : forbid('Only an administrator of your organisation can do this.');
}

/** A team's name, colour and people: administrators and the team's own leads. */
export function mayLead(viewer: Asked, teamId: string): Answer {
  if (viewer.scope === 'read') return forbid(readOnly);
  if (viewer.role === 'observer') return forbid('Observers can look, but not change anything.');
  const leads = viewer.teams.some((team) => team.teamId === teamId && team.role === 'lead');
  if (leads) return allowed(true);
  const administers = mayAdminister(viewer);
  return administers.ok ? administers : forbid('Only this team’s lead or an administrator can do this.');
}

/** Administrators invite to any role; a lead invites members and observers to the own team. */
export function mayInvite(
  viewer: Asked,
  invite: { readonly role: OrganisationRole; readonly teamId: string | null },
): Answer {
  const administers = mayAdminister(viewer);
  if (administers.ok) return administers;
  if (viewer.scope === 'read' || viewer.viewingAs) return administers;
  if (invite.role === 'administrator')
    return forbid('Only an administrator can invite another administrator.');
  return invite.teamId !== null && mayLead(viewer, invite.teamId).ok
    ? allowed(true)
    : forbid(
        'Only an administrator can invite to the organisation; a team’s lead can invite to the own team.',
      );
}
