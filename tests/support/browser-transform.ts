import { builtinEnvironments, type Environment } from 'vitest/runtime';

/**
 * Node, but with modules compiled for the browser: in the server's compilation of Svelte `$effect` does nothing, so a
 * `*.svelte.test.ts` of the live parts would test nothing. There is no DOM; what needs one is tested in Chromium.
 */
const environment: Environment = {
  ...builtinEnvironments.node,
  name: 'browser-transform',
  viteEnvironment: 'client',
};

export default environment;
