import { fitPost, wholeLines, withoutCalls, type ChatPost } from './chat-post.ts';

/** Every sign of Markdown behind a backslash, names that call behind a sign that cannot be seen. */
export const escapeMarkdown = (text: string): string =>
  withoutCalls(text)
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&^=:$]/g, (sign) => `\\${sign}`)
    // An address by itself would become a link.
    .replace(/(https?)\\:/gi, (_all, scheme: string) => `${scheme}\u200b\\:`)
    .replace(/\bwww\\\./gi, (all) => `${all.slice(0, 3)}\u200b\\.`);

/** Letters as they are sent: Mattermost takes 16,383. */
const mostShown = 13_000;

/** A post for a Mattermost incoming webhook. */
export function toMattermost(post: ChatPost): object {
  const { organisation, sections } = fitPost(post);
  const most = Math.floor(mostShown / Math.max(1, sections.length));
  const parts = sections.map(({ title, lines, link, action }) =>
    [
      `**${escapeMarkdown(title)}**`,
      ...wholeLines(lines.map(escapeMarkdown), most - 500),
      `[${escapeMarkdown(action)}](${link})`,
    ].join('\n'),
  );
  return { text: [...parts, `_${escapeMarkdown(`${organisation} · Throughline`)}_`].join('\n\n') };
}
