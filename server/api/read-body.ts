import type { IncomingMessage } from 'node:http';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';

/**
 * Reads a request's body up to `limit` bytes. A larger one is refused as soon as that is known, by its announced length
 * or by what came; the rest is drained so that the refusal can be read by clients that only listen after sending.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Outcome<Buffer, 'body-too-large' | 'body-cut-short'>> {
  const tooLarge = refused(
    'body-too-large',
    `The body is larger than ${sizeText(limit)}, the most this call takes.`,
  );
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) {
    request.resume();
    return Promise.resolve(tooLarge);
  }
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    let over = false;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limit) {
        over = true;
        parts.length = 0;
        resolve(tooLarge);
      } else if (!over) {
        parts.push(part);
      }
    });
    request.on('end', () => resolve(over ? tooLarge : allowed(Buffer.concat(parts))));
    request.on('close', () =>
      resolve(
        refused('body-cut-short', 'The connection ended before the whole body had come. Send it again.'),
      ),
    );
    request.on('error', () =>
      resolve(
        refused('body-cut-short', 'The connection broke before the whole body had come. Send it again.'),
      ),
    );
  });
}

/** A limit in words: 512 kB, 25 MB. */
export const sizeText = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MB` : `${bytes / 1024} kB`;
