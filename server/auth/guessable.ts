/**
 * Words that top every list of breached passwords. Attackers try them first, with capitals, digits around them and
 * letters replaced by look-alikes; `isGuessable` sees through those, so each word here stands for thousands.
 */
const words = new Set(
  `password passwort passw pass passwd motdepasse contrasena senha welcome willkommen bienvenue admin administrator
  root user guest login letmein changeme default secret master access test tester testing temp computer internet server
  qwerty qwertz azerty iloveyou iloveu loveyou lovely sweetheart darling princess prinzessin sunshine sonnenschein
  football fussball baseball basketball soccer hockey liverpool arsenal chelsea barcelona juventus realmadrid
  dragon monkey tiger lion eagle falcon panther butterfly dolphin elephant shadow superman batman spiderman pokemon
  starwars naruto minecraft fortnite charlie michael jessica jennifer jordan ashley daniel thomas anthony nicole
  michelle andrea matthew joshua andrew hannah samantha alexander christian patrick robert william elizabeth
  freedom trustno trustnoone whatever nothing hello hallo bonjour mustang corvette ferrari mercedes porsche yamaha
  harley samsung google facebook linkedin microsoft windows apple android iphone spring summer autumn winter january
  february march april may june july august september october november december monday friday sommer herbst
  flower cookie chocolate cheese banana orange purple silver golden diamond killer hunter ranger buster tigger
  pepper ginger maggie bailey hammer hardcore thunder lightning rainbow unicorn angel blessed jesus jesuschrist heaven
  family forever friends mother father babygirl babyboy lovelove asdf asdfgh asdfghjkl zxcvbn zxcvbnm
  throughline planning organisation organization company business office manager`.split(/\s+/),
);

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb',
  'qazwsxedcrfvtgb',
];

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** True for a password that is tried within an attacker's first minutes: a common word, a run of keys, a repetition. */
export function isGuessable(password: string): boolean {
  const text = password.toLowerCase();
  return new Set(text).size < 4 || isRun(text) || isRepeated(text) || isWord(text);
}

function isWord(text: string): boolean {
  const bare = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const plain = [...text].map((letter) => lookAlikes[letter] ?? letter).join('');
  // "p4ssw0rd1": the digits at the end are an ending, those within are letters.
  const trimmed = [...text.replace(/[^\p{L}]+$/u, '')].map((letter) => lookAlikes[letter] ?? letter).join('');
  return [text, bare, plain, trimmed].some((form) => words.has(form));
}

/** A run along the alphabet or a keyboard, either way, perhaps several of them in a row. */
function isRun(text: string): boolean {
  let rest = text;
  while (rest !== '') {
    const length = longestRun(rest);
    if (length < 3) return false;
    rest = rest.slice(length);
  }
  return true;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const row of rows.flatMap((forward) => [forward, [...forward].reverse().join('')])) {
    let length = 0;
    while (length < text.length && row.includes(text.slice(0, length + 1))) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

function isRepeated(text: string): boolean {
  for (let size = 1; size <= text.length / 2; size += 1) {
    const piece = text.slice(0, size);
    if (
      piece.repeat(Math.ceil(text.length / size)).slice(0, text.length) === text &&
      (size <= 4 || isWord(piece))
    )
      return true;
  }
  return false;
}
