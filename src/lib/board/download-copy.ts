import type { BoardConnection } from '#lib/live/board-connection.ts';

/** Saves what this window shows as a file on the device: the records as JSON, readable by people and by us. */
export function downloadCopy(connection: BoardConnection, title: string): void {
  const { json } = connection.copy();
  saveFile(`${fileName(title)}.board.json`, JSON.stringify(json, null, 2), 'application/json');
}

/** Hands a text to the browser as a download. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A title as a file name: letters and digits of any script, the rest as single dashes. */
export const fileName = (title: string): string =>
  title
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
    .slice(0, 80) || 'board';
