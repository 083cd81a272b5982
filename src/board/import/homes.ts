import { newArea } from '../new-shapes.ts';
import { compareText } from '../flatten.ts';
import { isArea } from '../schema/records.ts';
import type { AreaProps, AreaShape } from '../schema/shapes.ts';
import { PAGE_ID } from '../schema/records.ts';
import type { Workspace } from './workspace.ts';

/** Areas that are not a team's, found again by their role whatever people name them. */
export type AreaRole = 'priorities' | 'without-team';

const titles = {
  priorities: 'Priorities',
  'without-team': 'Without a team',
  'not-doing': 'Not doing',
} as const;

/** The areas of a board by what they are for; made when they are missed. New ones still lack size and place. */
export class Homes {
  readonly created: AreaShape[] = [];
  private readonly workspace: Workspace;
  private readonly mint: () => string;
  private readonly teamNames: ReadonlyMap<string, string>;
  private readonly known = new Map<string, string>();

  constructor(workspace: Workspace, teamNames: ReadonlyMap<string, string>, mint: () => string) {
    this.workspace = workspace;
    this.teamNames = teamNames;
    this.mint = mint;
    const areas = [...workspace.records.values()].filter(isArea).sort((a, b) => compareText(b.id, a.id));
    for (const area of areas) {
      const { kind, team } = area.props;
      if (kind === 'team' && team !== null) this.known.set(`team:${team}`, area.id);
      if (kind === 'not-doing') this.known.set('not-doing', area.id);
      if (typeof area.meta.role === 'string') this.known.set(area.meta.role, area.id);
    }
  }

  team(key: string): string {
    return this.get(`team:${key}`, { kind: 'team', team: key, title: this.teamNames.get(key) ?? key });
  }

  notDoing(): string {
    return this.get('not-doing', { kind: 'not-doing', title: titles['not-doing'] });
  }

  role(role: AreaRole): string {
    return this.get(role, { kind: 'shared', title: titles[role] }, { role });
  }

  private get(name: string, props: Partial<AreaProps>, meta: { role?: AreaRole } = {}): string {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const index = this.workspace.nextIndex(PAGE_ID);
    const area: AreaShape = { ...newArea({ id: this.mint(), x: 0, y: 0, index, props }), meta: { ...meta } };
    this.workspace.put(area);
    this.created.push(area);
    this.known.set(name, area.id);
    return area.id;
  }
}
