import { useEditor, useValue, type Editor } from 'tldraw';
import type { AreaShape } from '#board/schema/shapes.ts';
import type { Detail } from '../detail.ts';
import { mayTouch } from '../behaviour/respect-guard.ts';
import { useSurroundings, type Surroundings } from '../surroundings.ts';
import { tabBox, tabSize } from './area-tab.ts';
import { LockBadge } from './LockBadge.tsx';
import { TitleEditor } from './TitleEditor.tsx';
import { count, hue } from './words.ts';

const kindWords: Readonly<Record<AreaShape['props']['kind'], string>> = {
  team: 'Team',
  shared: 'Shared',
  milestone: 'Milestones',
  'parking-lot': 'Parking lot',
  'not-doing': 'Not doing',
};

function countObjectives(editor: Editor, area: AreaShape): number {
  const children = editor.getSortedChildIdsForParent(area.id).map((id) => editor.getShape(id));
  return children.filter((shape) => shape?.type === 'objective').length;
}

/** True where the person could write the first card, or the first of anything, of this team: then it says how. */
function isWaiting(editor: Editor, around: Surroundings, area: AreaShape): boolean {
  if (area.props.kind !== 'team' || editor.getIsReadonly()) return false;
  return editor.getSortedChildIdsForParent(area.id).length === 0 && mayTouch(editor, around, area, area);
}

/** The band itself and its name on the edge, with how many objectives lie in it and how many answers it owes. */
export function AreaFace({ shape, editing, detail }: { shape: AreaShape; editing: boolean; detail: Detail }) {
  const editor = useEditor();
  const around = useSurroundings();
  const { team, kind, w, title } = shape.props;
  const objectives = useValue('objectives', () => countObjectives(editor, shape), [editor, shape]);
  const known = useValue('team', () => (team === null ? undefined : around.teams.get().get(team)), [
    around,
    team,
  ]);
  const owed = useValue('owed', () => (known ? (around.owed.get().get(known.id) ?? 0) : 0), [around, known]);
  const waiting = useValue('waiting', () => isWaiting(editor, around, shape), [editor, around, shape]);
  const name = title === '' ? (known?.name ?? kindWords[kind]) : title;
  const { font, h, pad, room } = tabSize(name, w, detail);
  return (
    <div className="bc-area" data-kind={kind} style={{ '--hue': hue(known?.colour) }}>
      <div
        className="bc-area-tab"
        style={{
          fontSize: font,
          height: h,
          top: -h / 2,
          paddingInline: pad,
          maxWidth: editing ? undefined : room,
          minWidth: editing ? tabBox(title, w, detail).width : undefined,
        }}
      >
        {editing ? <TitleEditor id={shape.id} placeholder={kindWords[kind]} /> : <b>{name}</b>}
        {!editing && (kind === 'team' || objectives > 0) ? (
          <span className="bc-area-count">
            {detail === 'full' ? `· ${count(objectives, 'objective')}` : objectives}
          </span>
        ) : null}
        <LockBadge id={shape.id} />
        {owed > 0 ? (
          <span className="bc-badge" title={`${count(owed, 'answer')} owed to other teams`}>
            {owed}
          </span>
        ) : null}
      </div>
      {waiting && !editing && detail !== 'speck' ? (
        <p className="bc-area-empty" data-detail={detail}>
          Double-click here to write an objective
        </p>
      ) : null}
    </div>
  );
}
