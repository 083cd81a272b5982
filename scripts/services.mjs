// Starts what the tests need besides Node, then runs one command with TEST_DATABASE_URL and TEST_REDIS_URL set:
//   node scripts/services.mjs -- npx vitest run tests/store
import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { providePostgres } from './services/postgres.mjs';
import { provideRedis } from './services/redis.mjs';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');

/**
 * PostgreSQL and Redis, each found, started or named as missing.
 *
 * @returns {Promise<{ env: Record<string, string>, missing: string[], origins: string[], stop(): Promise<void> }>}
 */
export async function startServices() {
  const found = { TEST_DATABASE_URL: await providePostgres(), TEST_REDIS_URL: await provideRedis() };
  const env = {};
  const missing = [];
  const origins = [];
  const stops = [];
  for (const [name, service] of Object.entries(found)) {
    if ('missing' in service) missing.push(service.missing);
    else {
      env[name] = service.url;
      origins.push(`${name} is ${service.origin}`);
      stops.push(service.stop);
    }
  }
  return {
    env,
    missing,
    origins,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

async function runWithServices(command, args) {
  const services = await startServices();
  for (const line of [...services.origins, ...services.missing]) console.log(line);
  const path = [resolve(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...services.env, PATH: path },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const code = await new Promise((done) => {
    child.once('error', (error) => {
      console.error(`${command} could not be run: ${error.message}`);
      done(127);
    });
    child.once('close', (status) => done(status ?? 1));
  });
  await services.stop();
  return code;
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const [command, ...args] = process.argv.slice(process.argv.indexOf('--') + 1);
  if (!process.argv.includes('--') || !command) {
    console.error('Say what to run: node scripts/services.mjs -- npx vitest run tests/store');
    process.exit(2);
  }
  process.exitCode = await runWithServices(command, args);
}
