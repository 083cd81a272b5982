import { fitPost, withoutCalls, type ChatPost } from './chat-post.ts';

export const escapeHtml = (text: string): string =>
  withoutCalls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** A post for a generic webhook of a Matrix bridge (hookshot): HTML, and the same as plain text. */
export function toMatrix(post: ChatPost): object {
  const { organisation, sections } = fitPost(post);
  const html = sections.map(({ title, lines, link, action }) =>
    [
      `<strong>${escapeHtml(title)}</strong>`,
      ...lines.map(escapeHtml),
      `<a href="${escapeHtml(link)}">${escapeHtml(action)}</a>`,
    ].join('<br>'),
  );
  const text = sections.map(({ title, lines, link }) =>
    [title, ...lines].map(withoutCalls).concat(link).join('\n'),
  );
  const from = `${organisation} · Throughline`;
  return {
    version: 'v2',
    empty: false,
    username: 'Throughline',
    text: [...text, withoutCalls(from)].join('\n\n'),
    html: [...html.map((it) => `<p>${it}</p>`), `<p><em>${escapeHtml(from)}</em></p>`].join(''),
  };
}
