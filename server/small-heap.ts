import { setFlagsFromString } from 'node:v8';

/**
 * While modules are loaded Node's young generation grows to over 100 MB of what is garbage the next moment, and it keeps
 * that room for ever. Held at its first size until everything is loaded, the server needs about 150 MB less at rest
 * (measured). Must have run before other modules are loaded, so it is a module of its own and the first one.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/** From now on the heap may grow with what people do: a young generation too small costs time under load. */
export const letHeapGrow = (): void => setFlagsFromString('--semi-space-growth-factor=2');
