import { fitPost, wholeLines, type ChatPost } from './chat-post.ts';

/** The three signs that mean something to Slack; what is escaped calls nobody and opens nothing. */
export const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Letters as they are sent: Slack takes 3,000 in a section, and shows 13,000 in all. */
const [mostText, mostShown] = [2_900, 12_000] as const;

/** A post for a Slack incoming webhook: blocks of Block Kit, and a text for what shows no blocks. */
export function toSlack(post: ChatPost): object {
  const { organisation, sections } = fitPost(post);
  const most = Math.min(mostText, Math.floor(mostShown / Math.max(1, sections.length)));
  return {
    text: escapeSlack(sections.map(({ title }) => title).join(' · ')),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      ...sections.map(({ title, lines, link, action }) => ({
        type: 'section',
        text: {
          type: 'mrkdwn',
          verbatim: true,
          text: wholeLines([`*${bold(escapeSlack(title))}*`, ...lines.map(escapeSlack)], most).join('\n'),
        },
        accessory: { type: 'button', text: { type: 'plain_text', text: action }, url: link },
      })),
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: `${organisation} · Throughline` }],
      },
    ],
  };
}

/** A star within would end what is bold. */
const bold = (text: string): string => text.replaceAll('*', '∗');
