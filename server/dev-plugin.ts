import type { Plugin } from 'vite';
import { pathToFileURL, fileURLToPath } from 'node:url';
import type { Composition } from './compose.ts';
import type * as ComposeModule from './compose.ts';
import type * as ConfigModule from './config.ts';
import type * as LogModule from './log.ts';

/** Outlives a restart of the development server in the same process: the embedded database can be opened only once. */
const key = Symbol.for('throughline.development');

/** Serves pages, API and sockets of the same application from `npm run dev`, on Vite's own port. */
export function throughlineServer(): Plugin {
  return {
    name: 'throughline-server',
    apply: 'serve',
    async configureServer(vite) {
      // Under Vitest, and when only types are synchronised, nobody asks for pages.
      if (process.env.VITEST || vite.httpServer === null) return;
      const { composition } = await developmentServer();
      vite.middlewares.use((request, response, next) => composition.frontDoor(request, response, next));
      vite.httpServer.on('upgrade', (request, socket, head) => {
        // Vite's own socket for hot reloading comes by on the same port: leave alone what is not ours.
        composition.handleUpgrade(request, socket, head);
      });
    },
  };
}

async function developmentServer(): Promise<{ composition: Composition }> {
  const running = Reflect.get(globalThis, key) as Promise<{ composition: Composition }> | undefined;
  if (running) return running;
  const starting = start();
  Reflect.set(globalThis, key, starting);
  return starting;
}

async function start(): Promise<{ composition: Composition }> {
  // By file address and at run time, so that Vite does not bundle the server into its configuration.
  const load = <T>(file: string): Promise<T> =>
    import(
      /* @vite-ignore */ pathToFileURL(fileURLToPath(new URL(file, import.meta.url))).href
    ) as Promise<T>;
  const { compose, publish } = await load<typeof ComposeModule>('./compose.ts');
  const { readConfig } = await load<typeof ConfigModule>('./config.ts');
  const { makeLog } = await load<typeof LogModule>('./log.ts');
  const config = readConfig(process.env);
  const log = makeLog(config.logLevel, true);
  const composition = await compose(config, {
    log,
    onReplaced: (why) => {
      log.warn(why);
      process.exit(0);
    },
  });
  publish(composition.application);
  log.info(composition.application.store.promise);
  const close = (): void => void composition.close().finally(() => process.exit(0));
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
  return { composition };
}
