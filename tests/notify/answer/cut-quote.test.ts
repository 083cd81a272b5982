import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerLine, cutQuote } from '../../../src/domain/notify/answer/cut-quote.ts';
import { htmlToText } from '../../../src/domain/notify/answer/html-to-text.ts';

const own = 'On track, 80 %\nFirst users came.';
const ours = `${answerLine}\n\nHello Ben,\n\nCheck-in due: “Ship it”\n(rule NT3)`;
const quoted = ours
  .split('\n')
  .map((line) => `> ${line}`.trimEnd())
  .join('\n');

/** The line that each program writes before a quote, as its language has it. */
const attributions: Readonly<Record<string, string>> = {
  'Gmail, English': 'On Fri, Apr 3, 2026 at 5:00 PM Throughline <plan@example.org> wrote:',
  'Gmail, broken in two': 'On Fri, Apr 3, 2026 at 5:00 PM Throughline\n<checkin+abc@plan.example.org> wrote:',
  'Apple Mail': 'On 3. Apr 2026, at 17:00, Throughline <plan@example.org> wrote:',
  Thunderbird: 'On 03/04/2026 17:00, Throughline wrote:',
  German: 'Am Fr., 3. Apr. 2026 um 17:00 Uhr schrieb Throughline <plan@example.org>:',
  'German, Apple': 'Am 03.04.2026 um 17:00 schrieb Throughline:',
  French: 'Le ven. 3 avr. 2026 à 17:00, Throughline <plan@example.org> a écrit :',
  Spanish: 'El vie, 3 abr 2026 a las 17:00, Throughline (<plan@example.org>) escribió:',
  Italian: 'Il giorno ven 3 apr 2026 alle ore 17:00 Throughline <plan@example.org> ha scritto:',
  Dutch: 'Op vr 3 apr 2026 om 17:00 schreef Throughline <plan@example.org>:',
  Portuguese: 'Em sex., 3 de abr. de 2026 às 17:00, Throughline <plan@example.org> escreveu:',
  Swedish: 'Den fre 3 apr. 2026 kl 17:00 skrev Throughline <plan@example.org>:',
  Danish: 'Den 3. apr. 2026 kl. 17.00 skrev Throughline <plan@example.org>:',
  Polish: 'pt., 3 kwi 2026 o 17:00 Throughline <plan@example.org> napisał(a):',
  Czech: 'pá 3. 4. 2026 v 17:00 odesílatel Throughline <plan@example.org> napsal:',
  Finnish: 'pe 3. huhtik. 2026 klo 17.00 Throughline (plan@example.org) kirjoitti:',
  Turkish: 'Throughline <plan@example.org>, 3 Nis 2026 Cum, 17:00 tarihinde şunu yazdı:',
  Hungarian: 'Throughline <plan@example.org> ezt írta (időpont: 2026. ápr. 3., P, 17:00):',
  Russian: 'пт, 3 апр. 2026 г. в 17:00, Throughline <plan@example.org>:',
  Ukrainian: 'пт, 3 квіт. 2026 р. о 17:00 Throughline <plan@example.org> пише:',
  Japanese: '2026年4月3日(金) 17:00 Throughline <plan@example.org>:',
  Chinese: 'Throughline <plan@example.org> 于2026年4月3日周五 17:00写道：',
};

describe('cutting what is quoted', () => {
  test.each(Object.entries(attributions))('[NT50] %s, answered above', (_program, attribution) => {
    expect(cutQuote(`${own}\n\n${attribution}\n\n${quoted}\n`)).toBe(own);
    // Programs that mark nothing as quoted: our own first line says where it begins.
    expect(cutQuote(`${own}\n\n${attribution}\n${ours}\n`)).toBe(own);
  });

  test.each(
    Object.entries(attributions).filter(
      ([program]) => !['Russian', 'Japanese', 'Hungarian'].includes(program),
    ),
  )('[NT50] %s, answered below and between, and without our own first line', (_program, attribution) => {
    expect(cutQuote(`${attribution}\n${quoted}\n\n${own}\n`)).toBe(own);
    expect(cutQuote(`${attribution}\n> Check in\nOn track\n> All about it\n80 %\n`)).toBe('On track\n80 %');
    expect(cutQuote(`${own}\n\n${attribution}\n\nHello Ben,\nCheck in`)).toBe(own);
  });

  const outlook = (from: string, sent: string, to: string, subject: string): string =>
    `${own}\n\n________________________________\n${from}: Throughline <plan@example.org>\n${sent}: Friday, 3 April 2026 17:00\n${to}: Ben\n${subject}: Check-in due\n\nHello Ben,`;
  test.each([
    ['English', outlook('From', 'Sent', 'To', 'Subject')],
    ['German', outlook('Von', 'Gesendet', 'An', 'Betreff')],
    ['French', outlook('De', 'Envoyé', 'À', 'Objet')],
    ['Spanish', outlook('De', 'Enviado el', 'Para', 'Asunto')],
    ['Italian', outlook('Da', 'Inviato', 'A', 'Oggetto')],
    ['Dutch', outlook('Van', 'Verzonden', 'Aan', 'Onderwerp')],
    ['Swedish', outlook('Från', 'Skickat', 'Till', 'Ämne')],
    ['Polish', outlook('Od', 'Wysłano', 'Do', 'Temat')],
    ['Russian', outlook('От', 'Отправлено', 'Кому', 'Тема')],
    ['Chinese', outlook('发件人', '发送时间', '收件人', '主题')],
    ['Japanese', outlook('差出人', '送信日時', '宛先', '件名')],
    ['old English', `${own}\n\n-----Original Message-----\nFrom: x\n\nHello`],
    ['old German', `${own}\n\n-----Ursprüngliche Nachricht-----\nVon: x\n\nHello`],
  ])('[NT50] Outlook, %s', (_language, text) => {
    expect(cutQuote(text.replaceAll('\n', '\r\n'))).toBe(own);
  });

  test.each([
    '-- \nBen\nRed team',
    '--\nBen',
    'Sent from my iPhone',
    'Von meinem iPhone gesendet',
    'Envoyé de mon iPhone',
    'Get Outlook for iOS',
  ])('[NT50] the signature “%s”', (signature) => {
    expect(cutQuote(`${own}\n\n${signature}\n`)).toBe(own);
    expect(cutQuote(`${own}\n\n${signature}\n\n${attributions['Apple Mail'] ?? ''}\n${quoted}`)).toBe(own);
  });

  test.each([
    'On track. On Monday Ana wrote:\nwe ship',
    'Off track\nFrom: the vendor, as always\nwe wait',
    'At risk\nThey wrote: no',
    'On track\n- first\n- second\n-----\nthird',
    'On track, I was sent from my desk to theirs',
  ])('[NT50] what somebody wrote in their own words stays: %s', (text) => {
    expect(cutQuote(text)).toBe(text);
  });

  test('[NT50] of lines nobody quoted none is lost, whatever they are, and quoted ones never stay', () => {
    const line = fc
      .string({ unit: fc.constantFrom(...'abc XYZ 12 :,.<@'), minLength: 1, maxLength: 40 })
      .map((it) => it.trim())
      .filter((it) => it !== '' && !/[:：]$|^(?:--|>|from|van|von)/i.test(it));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.array(line), (mine, theirs) => {
        const text = [...mine, '', attributions.German, ...theirs.map((it) => `> ${it} zqz`)].join('\n');
        const cut = cutQuote(text);
        expect(cut).toBe(mine.join('\n'));
        expect(cut).not.toContain('zqz');
      }),
    );
  });

  test('[NT50] no mail takes long', () => {
    for (const text of [
      'On 1 '.repeat(40_000),
      '>'.repeat(200_000),
      'a@'.repeat(100_000),
      ': '.repeat(100_000),
    ]) {
      const began = performance.now();
      cutQuote(text);
      cutQuote(text.replaceAll(' ', '\n'));
      htmlToText(`<${text}`);
      htmlToText('<p>'.repeat(50_000) + text);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });
});

describe('a mail without plain text', () => {
  test.each([
    [
      'Gmail',
      `<div dir="ltr">On track, 80&nbsp;%<div>First users came.</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, Apr 3, 2026 at 5:00 PM Throughline &lt;<a href="mailto:plan@example.org">plan@example.org</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="border-left:1px solid">Hello Ben,<br>Check in</blockquote></div>`,
    ],
    [
      'Apple Mail',
      `<html><head><style>p{color:red}</style></head><body>On track, 80 %<div>First users came.</div><br id="x"><blockquote type="cite"><div>On 3. Apr 2026, at 17:00, Throughline &lt;plan@example.org&gt; wrote:</div><br><div>Hello</div></blockquote></body></html>`,
    ],
    [
      'Outlook',
      `<html><body><!-- [if mso]><p>no</p><![endif] --><p class=MsoNormal>On track, 80 %</p><p>First users came.</p><hr style="width:98%"><div id="divRplyFwdMsg"><b>From:</b> Throughline &lt;plan@example.org&gt;<br><b>Sent:</b> Friday, 3 April 2026 17:00<br><b>To:</b> Ben<br><b>Subject:</b> Check-in due</div><div>Hello Ben</div></body></html>`,
    ],
  ])('[NT50] is read as it is seen: %s', (_program, html) => {
    expect(cutQuote(htmlToText(html)).replaceAll('\n\n', '\n')).toBe(own);
  });

  test('[NT50] scripts, styles and comments are no text; signs are what they stand for', () => {
    const html =
      '<script>alert("x")</script>a &lt; b &amp; &#9731; <style>x</style><!-- no -->5 < 6<img src="a>b">';
    expect(htmlToText(html)).toBe('a < b & ☃ 5 < 6');
  });
});
