const blocks = new Set(
  'p div br tr li ul ol table h1 h2 h3 h4 h5 h6 pre hr section article header footer blockquote address dl dt dd'.split(
    ' ',
  ),
);
const unread = new Set(['script', 'style', 'head', 'title', 'noscript', 'template', 'svg', 'math']);
const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '', zwnj: '', hellip: '…' },
  ...{ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»' },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', euro: '€' },
  ...{ eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', ntilde: 'ñ', aring: 'å', oslash: 'ø', aelig: 'æ' },
};

/** A void element, or one that only stands for itself: it opens nothing. */
const isVoid = (name: string): boolean => ['br', 'hr', 'img', 'meta', 'link', 'input', 'wbr'].includes(name);

/**
 * What somebody wrote in a mail that has no plain text: lines as they are seen, what is quoted behind `>`. Walks the text
 * once, so that no mail takes long, and runs nothing of it.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [];
  let line = '';
  let at = 0;
  /** The same in small letters, made once when it is needed. */
  let small: string | null = null;
  /** Open elements that quote. */
  let quotes = 0;
  const end = (): void => {
    const said = line.replace(/\s+/g, ' ').trim();
    if (said !== '' || lines.at(-1) !== '') lines.push(quotes > 0 ? `> ${said}`.trim() : said);
    line = '';
  };
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      line += decode(html.slice(at));
      break;
    }
    line += decode(html.slice(at, open));
    if (html.startsWith('<!--', open)) {
      const over = html.indexOf('-->', open + 4);
      at = over < 0 ? html.length : over + 3;
      continue;
    }
    const tag = /^<(\/?)([a-z][a-z0-9:]*)/i.exec(html.slice(open, open + 40));
    if (tag === null && !/^<[!?/]/.test(html.slice(open, open + 2))) {
      // A sign that is not the beginning of a tag is one that somebody wrote. No end of it is looked for: a million of
      // them would be a million walks.
      line += '<';
      at = open + 1;
      continue;
    }
    const close = endOfTag(html, open);
    at = close;
    if (tag === null) continue;
    const name = tag[2]?.toLowerCase() ?? '';
    const closes = tag[1] === '/';
    if (unread.has(name) && !closes) {
      small ??= withSmallLetters(html);
      const over = small.indexOf(`</${name}`, close);
      at = over < 0 ? html.length : endOfTag(html, over);
      continue;
    }
    if (!blocks.has(name)) continue;
    end();
    if (name === 'blockquote' && !isVoid(name)) quotes = Math.max(0, quotes + (closes ? -1 : 1));
    if (name === 'hr') lines.push('________________________________');
  }
  end();
  return lines.join('\n').trim();
}

/** Only of the plain alphabet: other letters may change their number, and places would no longer be the same. */
const withSmallLetters = (html: string): string => html.replace(/[A-Z]+/g, (it) => it.toLowerCase());

/** The place after a tag; a `>` within its quoted attributes is none of its own. */
function endOfTag(html: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < html.length; at += 1) {
    const sign = html[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '>') return at + 1;
    else if ((sign === '"' || sign === "'") && html[at - 1] === '=') quote = sign;
  }
  return html.length;
}

const decode = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (all, it: string) => {
    if (!it.startsWith('#')) return named[it] ?? all;
    const code = /^#x/i.test(it) ? parseInt(it.slice(2), 16) : Number(it.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
