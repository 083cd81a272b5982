import { fitPost, type ChatPost } from './chat-post.ts';

/** Text that is not read as Markdown, which a TextBlock would. */
const plain = (text: string, more: object = {}): object => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...more }],
});

/** A card has 28 kB, and a letter may take three bytes. */
const mostLetters = 5_000;

/** A post for a Microsoft Teams Workflows address: an Adaptive Card. */
export function toTeams(post: ChatPost): object {
  const { organisation, sections } = fitPost(post, mostLetters);
  return {
    type: 'message',
    summary: sections[0]?.title ?? organisation,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            ...sections.map(({ title, lines, link, action }) => ({
              type: 'Container',
              separator: true,
              items: [
                plain(title, { weight: 'Bolder' }),
                ...lines.map((line) => plain(line)),
                { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: action, url: link }] },
              ],
            })),
            plain(`${organisation} · Throughline`, { isSubtle: true, size: 'Small' }),
          ],
        },
      },
    ],
  };
}
