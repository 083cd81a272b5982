import { buildWhenStale } from '../../scripts/build-when-stale.mjs';

/** Playwright's set-up before the first test: the servers under test serve what the sources say now. */
export default function build(): void {
  buildWhenStale();
}
