/**
 * Something outside the program keeps it from starting: a wrong setting, a locked folder, a port in use. The message is
 * one line for the person who starts it, naming what was found and what to do; `main.ts` prints it and exits with 1.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}
