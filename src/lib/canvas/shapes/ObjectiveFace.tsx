import { useValue } from 'tldraw';
import type { ObjectiveShape } from '#board/schema/shapes.ts';
import { useSurroundings } from '../surroundings.ts';
import { Avatar } from './Avatar.tsx';
import { useAsks, useObjectiveFacts } from './objective-facts.ts';
import { LockBadge } from './LockBadge.tsx';
import { StatusChip } from './StatusChip.tsx';
import { TitleEditor } from './TitleEditor.tsx';
import { count, sayDay } from './words.ts';

/** Pixels of a card that are not its title: paddings, promise line, segments, owner line. */
const AROUND_TITLE = 88;
const TITLE_LINE = 19.5;

/** The card near: promise, status, title, measures, owner, due. */
export function ObjectiveFace({ shape, editing }: { shape: ObjectiveShape; editing: boolean }) {
  const around = useSurroundings();
  const facts = useObjectiveFacts(shape);
  const { needs, asked } = useAsks(shape);
  const today = useValue(around.today);
  const { props } = shape;
  const lines = Math.max(1, Math.floor((props.h - AROUND_TITLE) / TITLE_LINE));
  return (
    <div
      className="bc-card"
      data-promise={props.promise}
      data-tone={facts.mark?.tone}
      data-quiet={facts.quiet || undefined}
      data-key={facts.key}
      style={{ '--hue': facts.hue, '--lines': lines }}
    >
      <div className="bc-row">
        <span className="bc-meta bc-kind">
          {props.flagship ? (
            <b className="bc-flag" title="Flagship">
              ⚑
            </b>
          ) : null}
          <LockBadge id={shape.id} />
          <span>{props.promise === 'firm' ? 'Firm' : 'Stretch'}</span>
          <span>· w {props.weight}</span>
        </span>
        {facts.mark ? <StatusChip mark={facts.mark} /> : null}
      </div>
      {editing ? (
        <TitleEditor id={shape.id} placeholder="What will be true when it is done?" />
      ) : (
        <div className="bc-title-room">
          <div className="bc-title" title={props.title}>
            {props.title === '' ? <span className="bc-empty">Untitled objective</span> : props.title}
          </div>
        </div>
      )}
      <Segments shape={shape} progress={facts.truth?.progress ?? null} />
      <div className="bc-row">
        <span className="bc-meta">
          <Avatar personKey={props.owner} />
          <Due props={props} promised={facts.truth?.due ?? null} today={today} />
          {facts.differs ? (
            <span className="bc-differs" title="The card says something else than what was promised">
              ≠ promise
            </span>
          ) : null}
        </span>
        <span className="bc-meta">
          {needs > 0 ? <span title={count(needs, 'need')}>↗ {needs}</span> : null}
          {asked > 0 ? <span title={`${count(asked, 'ask')} of this card`}>↘ {asked}</span> : null}
          <Done shape={shape} progress={facts.truth?.progress ?? null} />
        </span>
      </div>
    </div>
  );
}

/** The card's own date; where it has none, the one that was promised. */
function Due({
  props,
  promised,
  today,
}: {
  props: ObjectiveShape['props'];
  promised: string | null;
  today: string;
}) {
  if (props.due === null && props.dueText === null && promised !== null) {
    return <span title={`Promised for ${promised}`}>{sayDay(promised, today)}</span>;
  }
  if (props.due !== null) return <span title={props.due}>{sayDay(props.due, today)}</span>;
  return <span className="bc-empty">{props.dueText ?? 'no date'}</span>;
}

/** Measures as segments; a known progress fills them from the left, else those marked as done are filled. */
function Segments({ shape, progress }: { shape: ObjectiveShape; progress: number | null }) {
  const { measures } = shape.props;
  if (measures.length === 0 && progress === null) return <div className="bc-segments bc-none" />;
  const shown = measures.length === 0 ? 1 : Math.min(measures.length, 24);
  return (
    <div className="bc-segments">
      {Array.from({ length: shown }, (_, i) => {
        const filled = progress === null ? (measures[i]?.done ? 1 : 0) : clamp01(progress * shown - i);
        return <i key={i} style={{ '--share': `${filled * 100}%` }} />;
      })}
    </div>
  );
}

function Done({ shape, progress }: { shape: ObjectiveShape; progress: number | null }) {
  if (progress !== null) return <span>{Math.round(progress * 100)} %</span>;
  const { measures } = shape.props;
  if (measures.length === 0) return <span className="bc-empty">no measure</span>;
  return (
    <span>
      {measures.filter((measure) => measure.done).length} of {measures.length}
    </span>
  );
}

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));
