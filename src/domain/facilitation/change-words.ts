import type { LoggedChange } from './changes.ts';

const fixed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  commitment: {
    offered: 'proposed',
    accepted: 'accepted',
    'change-proposed': 'another promise asked for',
    declined: 'declined',
    parked: 'parked',
    'rescope-asked': 'a change of the promise asked for',
    completed: 'done',
    rejected: 'delivery rejected, runs again',
    missed: 'missed',
    'delivered-late': 'delivered after the miss',
    carried: 'carried over',
    reopened: 'reopened',
    corrected: 'record corrected',
    'handed-over': 'handed over',
    'check-ins-moved': 'check-ins moved',
    'basis-broken': 'an assumption under it failed',
    'basis-answered': 'continues without the assumption',
  },
  dependency: {
    requested: 'asked',
    changed: 'the ask changed',
    accepted: 'agreed',
    countered: 'countered',
    're-requested': 'asked again',
    declined: 'declined',
    withdrawn: 'withdrawn',
    flagged: 'in danger',
    unflagged: 'out of danger',
    delivered: 'delivered',
    confirmed: 'confirmed',
    rejected: 'delivery rejected',
    reneged: 'promise taken back',
    chosen: 'the no was answered',
    'owned-as-risk': 'owned as a risk',
  },
  decision: {
    opened: 'question opened',
    'revisit-called': 'due for another look',
    reaffirmed: 'reaffirmed',
    superseded: 'superseded',
    reversed: 'reversed',
    withdrawn: 'withdrawn',
  },
  assumption: {
    assumed: 'written down',
    doubted: 'doubtful now',
    breached: 'its measure broke the rule',
    invalidated: 'failed',
    retired: 'off the watch',
  },
  risk: {
    raised: 'raised',
    resolved: 'resolved',
    owned: 'owned',
    accepted: 'accepted',
    mitigated: 'planned against',
    happened: 'happened',
    reopened: 'opened again',
  },
  'triage-item': {
    raised: 'raised',
    'handed-over': 'handed to another team',
    assessed: 'assessed',
    'taken-together': 'worked on together',
    'action-agreed': 'somebody acts',
    closed: 'closed',
    reopened: 'opened again',
  },
  learning: { learned: 'written down', 'change-linked': 'led to a change' },
};

/** What an event says to a meeting, in a few words; null for what a meeting need not hear. */
export function changeWord({ ref, type, data }: Pick<LoggedChange, 'ref' | 'type' | 'data'>): string | null {
  switch (`${ref.kind} ${type}`) {
    case 'commitment checked-in':
      return { on: 'on track', risk: 'at risk', off: 'off track' }[said(data, 'status')] ?? null;
    case 'commitment rescoped':
      return slip(Number(said(data, 'daysSlipped')));
    case 'commitment dropped':
      return `dropped${because(said(data, 'reason'))}`;
    case 'commitment cause-given':
      return `cause: ${said(data, 'cause').replaceAll('-', ' ')}`;
    case 'decision decided': {
      const verdict = typeof data === 'object' && data !== null ? Reflect.get(data, 'verdict') : null;
      return `decided: ${said(verdict, 'chosen')}`;
    }
    case 'assumption checked':
      return said(data, 'answer') === 'holds' ? 'checked: holds' : 'checked: doubtful';
    case 'triage-item placed':
      return said(data, 'where').replaceAll('-', ' ');
    default:
      return fixed[ref.kind]?.[type] ?? null;
  }
}

const slip = (days: number): string =>
  days > 0
    ? `changed, ${days} ${days === 1 ? 'day' : 'days'} later`
    : days < 0
      ? `changed, ${-days} ${days === -1 ? 'day' : 'days'} sooner`
      : 'changed';

const because = (reason: string): string => (reason.trim() === '' ? '' : ` (${reason.trim()})`);

function said(data: unknown, name: string): string {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
