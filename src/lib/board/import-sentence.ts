import type { ImportReport } from '#protocol/views/board.ts';

const some = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What an import did, as one or two sentences for people. */
export function importSentence(report: ImportReport): string {
  const { added, changed, unchanged, newPeople, newTeams, updates } = report;
  if (added.length + changed.length === 0) {
    return `Everything in the file is on the board already: ${some(unchanged.length, 'object', 'objects')} unchanged.`;
  }
  const did = [
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ...(unchanged.length > 0 ? [`${unchanged.length} unchanged`] : []),
  ];
  const along = [
    ...(newTeams > 0 ? [some(newTeams, 'new team', 'new teams')] : []),
    ...(newPeople > 0 ? [some(newPeople, 'new person', 'new people')] : []),
    ...(updates > 0 ? [some(updates, 'update as history', 'updates as history')] : []),
  ];
  const more = along.length > 0 ? ` With it came ${along.join(', ')}.` : '';
  return `Imported: ${did.join(', ')}.${more}`;
}
