// What every server under measurement answers to the bench that started it.
export const port = Number(process.env.PORT);
export const seedFolder = process.env.SEEDS ?? '';

/** Tells the bench that connections are taken, and collects garbage when asked, so that memory is what is held. */
export function serveBench() {
  process.on('message', (message) => {
    if (message === 'collect') {
      globalThis.gc?.();
      process.send?.({ collected: true });
    }
  });
  process.send?.({ ready: true });
}
