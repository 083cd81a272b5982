import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compose, publish, type Composition } from './compose.ts';
import { isLoopbackHost, readConfig, type Config } from './config.ts';
import { adapterHeaders, answer, type Handler } from './http/front-door.ts';
import { makeLog, type Log } from './log.ts';
import { StartFailure } from './start-failure.ts';

/** How long people's sockets and requests have to finish after SIGTERM. */
const DRAIN_MS = 10_000;

/** Starts the server and stops it on SIGTERM or SIGINT. Throws StartFailure when something keeps it from starting. */
export async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = makeLog(config.logLevel, process.stdout.isTTY || process.env.NODE_ENV !== 'production');
  // Both take a while and neither needs the other. What keeps the store from opening is the more telling fault.
  const loading = loadPages();
  loading.catch(() => {});
  const composition = await compose(config, {
    log,
    onLost: (reason) => {
      log.fatal(
        { err: reason },
        'The embedded database stopped; nothing can be saved any more. Start again.',
      );
      process.exit(1);
    },
    onReplaced: (why) => {
      log.warn(why);
      process.exit(0);
    },
  });
  try {
    const pages = await loading;
    publish(composition.application);
    const server = createServer((request, response) => {
      const noPage = () => answer(response, 404, 'Not found.');
      composition.frontDoor(request, response, () => pages(request, response, noPage));
    });
    server.on('upgrade', (request, socket, head) => {
      if (!composition.handleUpgrade(request, socket, head)) socket.destroy();
    });
    await listen(server, config);
    await greet(server, config, composition, log);
    stopOnSignal(server, composition, log);
  } catch (error) {
    await composition.close();
    throw error;
  }
}

/** The pages as `npm run build` left them. adapter-node reads its settings while it is imported, so they come first. */
async function loadPages(): Promise<Handler> {
  Object.assign(process.env, adapterHeaders);
  // Files come through the API, which reads up to 25 MB; no form of a page needs more than this.
  process.env.BODY_SIZE_LIMIT ??= '512K';
  const built = fileURLToPath(new URL('../build/handler.js', import.meta.url));
  if (!existsSync(built)) throw new StartFailure('The pages are not built yet. Run: npm start');
  const { handler } = (await import(pathToFileURL(built).href)) as { handler: Handler };
  return handler;
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `Port ${port} is in use by another program. Stop it, or set PORT to another number.`,
        EACCES: `Port ${port} may not be opened by this user. Set PORT to a number above 1023.`,
        EADDRNOTAVAIL: `HOST is "${host}", which is no address of this machine. Use 127.0.0.1, 0.0.0.0 or one of its own.`,
        ENOTFOUND: `HOST is "${host}", which is not known. Use 127.0.0.1, 0.0.0.0 or an address of this machine.`,
      };
      reject(
        new StartFailure(
          reasons[error.code ?? ''] ?? `Port ${port} on ${host} can not be opened (${error.message}).`,
        ),
      );
    });
    server.listen(port, host.replace(/^\[|\]$/g, ''), resolve);
  });
}

/** What somebody who just started it wants to know. */
async function greet(
  server: Server,
  config: Config,
  { application, setupToken }: Composition,
  log: Log,
): Promise<void> {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const url = config.origin?.origin ?? `http://localhost:${port}`;
  log.info(`Throughline is ready on ${url}`);
  log.info(application.store.promise);
  for (const warning of application.store.warnings) log.warn(warning);
  if (await application.auth.needsSetup()) {
    log.info(`Open the page to set it up. From another machine it asks for this token: ${setupToken}`);
  }
  if (isLoopbackHost(config.host) && config.origin === null) {
    log.info(
      'Only this machine can reach it. To open it to a network: HOST=0.0.0.0 ORIGIN=http://<address of this machine>:3000',
    );
  }
}

function stopOnSignal(server: Server, composition: Composition, log: Log): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info(`Stopping (${signal}): saving what is under way.`);
    composition.startDraining();
    setTimeout(() => {
      log.error('Stopping took too long; what was shown as saved is kept.');
      process.exit(1);
    }, DRAIN_MS).unref();
    server.close();
    server.closeIdleConnections();
    await composition.close();
    server.closeAllConnections();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void stop(signal));
  }
}
