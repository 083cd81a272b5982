import type { ObjectiveShape } from '#board/schema/shapes.ts';
import { LockBadge } from './LockBadge.tsx';
import { useObjectiveFacts } from './objective-facts.ts';

/** Largest type that still shows the whole title, so that it is read at 30 % zoom; longer ones are cut by lines. */
function titleSize(title: string, w: number, h: number): number {
  const room = (w - 40) * (h - 24);
  const size = Math.sqrt(room / (Math.max(title.length, 12) * 0.62));
  const longest = Math.max(1, ...title.split(/[\s/-]+/u).map((word) => word.length));
  const unbroken = (w - 58) / (longest * 0.6);
  return Math.round(Math.min(34, Math.max(20, Math.min(size, unbroken))));
}

/** The card from afar: team tint, title, status shape. Further out the status shape alone. */
export function ObjectiveTile({ shape, withTitle }: { shape: ObjectiveShape; withTitle: boolean }) {
  const facts = useObjectiveFacts(shape);
  const { title, w, h, promise } = shape.props;
  const size = titleSize(title, w, h);
  return (
    <div
      className="bc-tile"
      data-promise={promise}
      data-key={facts.key}
      data-quiet={facts.quiet || undefined}
      style={{
        '--hue': facts.hue,
        '--size': `${size}px`,
        '--lines': Math.max(1, Math.floor((h - 18) / (size * 1.16))),
      }}
    >
      {withTitle ? <div className="bc-tile-title">{title === '' ? 'Untitled' : title}</div> : null}
      <LockBadge id={shape.id} />
      {facts.mark ? (
        <span
          className={`bc-tile-mark bc-${facts.mark.tone}`}
          data-large={!withTitle || undefined}
          title={facts.mark.word}
        >
          {facts.mark.shape}
        </span>
      ) : null}
    </div>
  );
}
