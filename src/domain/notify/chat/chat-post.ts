/** Where a message can be posted. */
export const chatKinds = ['slack', 'teams', 'mattermost', 'matrix', 'webhook'] as const;
export type ChatKind = (typeof chatKinds)[number];

/** What a chat may be told of. */
export const chatTopics = ['due', 'handshake', 'decisions', 'sessions', 'warnings'] as const;
export type ChatTopic = (typeof chatTopics)[number];

export const topicWords: Readonly<Record<ChatTopic, string>> = {
  due: 'What is due, once a day',
  handshake: 'Asks: asked, agreed, declined, late',
  decisions: 'Decisions made',
  sessions: 'Sessions that start, and their minutes',
  warnings: 'Warnings, once a week',
};

/** One thing said, with the place where it can be acted on: who opens it signs in there. */
export interface ChatSection {
  readonly title: string;
  readonly lines: readonly string[];
  /** Whole address, our own. */
  readonly link: string;
  /** What the button says. */
  readonly action: string;
}

/** Everything that is posted at once. */
export interface ChatPost {
  readonly organisation: string;
  readonly sections: readonly ChatSection[];
}

/** Sections of one post; targets take 50 blocks, and nobody reads more. */
export const mostSections = 10;
/** Letters of one section, and of all together unless a target takes fewer. */
const mostLetters = 1_100;
const mostTitle = 200;

/** A post that a target takes, whatever cards are called: lines are one line each, and all has a bound. `letters` is of all sections. */
export function fitPost(
  { organisation, sections }: ChatPost,
  letters = mostLetters * mostSections,
): ChatPost {
  const shown = sections.slice(0, mostSections);
  const each = Math.min(mostLetters, Math.floor(letters / Math.max(1, shown.length)));
  return {
    organisation: clip(oneLine(organisation), 100),
    sections: shown.map(({ title, lines, link, action }) => {
      let left = each;
      const kept: string[] = [];
      for (const line of lines) {
        const said = clip(oneLine(line), Math.min(300, left));
        if (said.length < 2) break;
        kept.push(said);
        left -= said.length;
      }
      return { title: clip(oneLine(title), mostTitle), lines: kept, link, action };
    }),
  };
}

/** Without line breaks and signs that turn the direction of writing or cannot be seen. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/ +/g, ' ')
    .trim();

/** So many letters at most; none is cut in half. */
function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const letters = Array.from(text);
  let kept = '';
  for (const letter of letters) {
    if (kept.length + letter.length > most - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** As many whole lines as fit: cut within one, an escaped sign could be cut in half. */
export function wholeLines(lines: readonly string[], most: number): readonly string[] {
  let left = most;
  const kept: string[] = [];
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return kept;
}

/** A name that somebody chose calls nobody: a sign that cannot be seen stands behind the @. */
export const withoutCalls = (text: string): string => text.replaceAll('@', '@\u200b');
