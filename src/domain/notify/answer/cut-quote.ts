/** First line of a mail that can be answered: what stands below it is ours, in whatever language it is quoted. */
export const answerLine = '--- Answer above this line ---';

/** Last words of the line that programs put before what they quote, as `On Friday Ben wrote:`. */
const wrote =
  /(?:\bwrote|\bschrieb(?:\s.{1,120})?|\ba écrit|\bescribió|\bha scritto|\bscrisse|\bschreef(?:\s.{1,120})?|\bescreveu|\bskrev(?:\s.{1,120})?|\bnapisał(?:\(a\)|a)?|\bnapsal(?:\(a\)|a)?|\bkirjoitti|\byazdı|\bírta|\ba scris|написал(?:\(а\)|а)?|пише|写道|寫道|のメール|님이 작성)\s*[:：]\s*$/iu;
/** Such a line names a day or an address; a sentence of somebody's own hardly does both this and ends so. */
const dated = /\d{1,4}|[\w.+-]+@[\w.-]+/;

/** Lines that programs put before a whole mail. */
const original =
  /^\s*-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message (?:d'origine|original|transféré)|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|wiadomość oryginalna|původní zpráva|исходное сообщение|原始邮件|元のメッセージ)\s*-{2,}\s*$/iu;

const from =
  /^\s*\*?(?:from|von|de|da|van|från|fra|od|lähettäjä|от|发件人|寄件者|差出人|보낸 사람)\s*:?\*?\s*[:：]/iu;
const sent =
  /^\s*\*?(?:sent|date|gesendet|datum|envoyé|date|enviado(?: el)?|enviada|inviato|data|verzonden|skickat|sendt|wysłano|odesláno|lähetetty|fecha|отправлено|дата|发送时间|日期|送信日時|보낸 날짜)\s*:?\*?\s*[:：]/iu;
const subject =
  /^\s*\*?(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|předmět|aihe|тема|主题|主旨|件名|제목)\s*:?\*?\s*[:：]/iu;

/** What devices write below a mail by themselves. */
const device =
  /^\s*(?:sent from my \w+[\w ]{0,30}|sent from (?:outlook|mail|yahoo mail|proton mail)\b.{0,40}|get outlook for (?:ios|android).{0,60}|von meinem [\w ]{2,30} gesendet|gesendet (?:von|mit) .{2,40}|outlook für (?:ios|android) beziehen.{0,60}|envoyé de(?:puis)? mon [\w ]{2,30}|enviado desde mi [\w ]{2,30}|enviado do meu [\w ]{2,30}|inviato da(?:l mio)? [\w ]{2,30}|verstuurd vanaf mijn [\w ]{2,30}|skickat från min [\w ]{2,30}|sendt fra min [\w ]{2,30}|wysłane z [\w ]{2,30}|отправлено с (?:моего )?[\p{L}\d ]{2,30}|iPhoneから送信)\.?\s*$/iu;

/** No program writes longer ones of these lines; only so much of one is looked at, so that no mail takes long. */
const longestLine = 400;
const headOf = (line: string): string => line.slice(0, longestLine);

const isQuoted = (line: string): boolean => /^\s*>/.test(line);
const isEmpty = (line: string): boolean => line.trim() === '';

/**
 * What somebody wrote in answer to a mail, without what is quoted, without the signature. Cautious: only what is known for
 * certain to be a program's is cut; an answer above, below or between quoted lines stays.
 */
export function cutQuote(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\u200c\u200d\ufeff\u2060]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .split('\n');
  const own: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.includes(answerLine) && !isQuoted(line)) {
      dropBefore(own);
      break;
    }
    if (original.test(headOf(line)) || isHeader(lines, at)) {
      dropRule(own);
      break;
    }
    if (isQuoted(line)) {
      if (at === 0 || !isQuoted(lines[at - 1] ?? '')) dropAddressed(own);
      continue;
    }
    const spans = attributionAt(lines, at);
    if (spans > 0) {
      let after = at + spans;
      while (after < lines.length && isEmpty(lines[after] ?? '')) after += 1;
      const next = lines[after];
      // Nothing marks what follows as quoted: then all of it is.
      if (next === undefined || !isQuoted(next)) break;
      at += spans - 1;
      continue;
    }
    // Two dashes and a space, alone: a signature follows (RFC 3676). Some programs lose the space.
    if (/^--\s?$/.test(line)) break;
    own.push(line.trimEnd());
  }
  return withoutDevice(own)
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
}

/** How many lines from here on say who wrote what follows; 0 = none. Long ones are broken into up to four. */
function attributionAt(lines: readonly string[], at: number): number {
  if (isEmpty(lines[at] ?? '')) return 0;
  let joined = '';
  for (let count = 1; count <= 4; count += 1) {
    const line = lines[at + count - 1];
    if (line === undefined || isEmpty(line) || isQuoted(line)) return 0;
    joined = `${joined} ${line.trim()}`.trim();
    if (joined.length > longestLine) return 0;
    if (wrote.test(joined)) return dated.test(joined) ? count : 0;
    // Of several lines the first already reads like one: it names a day or an address.
    if (count === 1 && !dated.test(joined)) return 0;
  }
  return 0;
}

/** From, sent, subject within six lines: the head of a whole mail, as Outlook quotes. */
function isHeader(lines: readonly string[], at: number): boolean {
  if (!from.test(headOf(lines[at] ?? ''))) return false;
  const next = lines.slice(at + 1, at + 7).map(headOf);
  return next.some((it) => sent.test(it)) && next.some((it) => subject.test(it));
}

/** The line that was drawn above what is quoted. */
function dropRule(own: string[]): void {
  while (own.length > 0 && /^\s*[_-]{5,}\s*$|^\s*$/.test(own.at(-1) ?? '')) own.pop();
}

/** Who wrote it when, in a language nobody has listed: the last lines above our own first one, when they end in a colon. */
function dropBefore(own: string[]): void {
  dropRule(own);
  const last = own.at(-1) ?? '';
  if (last.length > longestLine) return;
  if (/[:：]\s*$/.test(last) && dated.test(last)) own.pop();
}

/** The same above quoted lines: a line with an address and a day that ends in a colon. */
function dropAddressed(own: string[]): void {
  let last = own.length - 1;
  // It stands right above, a blank line or two between them.
  for (let blank = 0; blank < 5 && last > 0 && isEmpty(own[last] ?? ''); blank += 1) last -= 1;
  const line = own[last] ?? '';
  if (line.length > longestLine) return;
  if (/[:：]\s*$/.test(line) && /[\w.+-]@[\w-]/.test(line) && /\d/.test(line)) own.length = last;
}

function withoutDevice(own: readonly string[]): readonly string[] {
  const last = own.findLastIndex((line) => !isEmpty(line));
  return device.test(headOf(own[last] ?? '')) ? own.slice(0, last) : own;
}
