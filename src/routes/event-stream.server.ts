import { error } from '@sveltejs/kit';
import type { Outcome } from '#domain/outcome.ts';
import { statusOf } from './signed-in.server.ts';

/** A proxy closes a line that says nothing for long; a browser that hears nothing for long opens a new one. */
const keepAliveMs = 15_000;

/** A line that stays open and is written to; `listen` says how to stop, or why there is none. */
export async function eventStream<Message>(
  listen: (ears: { send(message: Message): void; ended(): void }) => Promise<Outcome<() => void>>,
): Promise<Response> {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  const waiting: Message[] = [];
  let write = (message: Message): void => void waiting.push(message);
  let close = (): void => undefined;
  const listening = await listen({
    send: (message) => write(message),
    ended: () => close(),
  });
  if (!listening.ok) {
    const { message, code } = listening.refusal;
    error(statusOf(listening.refusal), { message, code });
  }
  stop = listening.value;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (): void => {
        stop();
        clearInterval(timer);
      };
      const say = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          // The reader is gone and nobody told us.
          end();
        }
      };
      write = (message) => say(`data: ${JSON.stringify(message)}\n\n`);
      close = () => {
        end();
        controller.close();
      };
      timer = setInterval(() => say(': here\n\n'), keepAliveMs);
      for (const message of waiting.splice(0)) write(message);
    },
    cancel() {
      stop();
      clearInterval(timer);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}
