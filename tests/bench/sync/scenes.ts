import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../support/server.ts';
import type { Contender } from './contenders.ts';
import { generateLoad } from './load-process.ts';
import type { JoinResult } from './load/join-scene.ts';
import type { KillResult } from './load/kill-scene.ts';
import type { LiveResult } from './load/live-scene.ts';
import type { ReturnResult } from './load/return-scene.ts';
import { makeSeed } from './seed.ts';
import { ServerProcess } from './server-process.ts';

const warmBoards = 10;

export interface LiveScene {
  readonly people: number;
  readonly editsPerS: number;
  readonly cursorsPerS: number;
}

/** Runs scenes, each on a fresh server with fresh boards. */
export class Stage {
  readonly #root: string;
  readonly #seeds = new Map<number, { file: string; bytes: Uint8Array }>();
  readonly #warmMs: number;
  readonly #ms: number;

  constructor(root: string, times: { readonly warmMs: number; readonly ms: number }) {
    this.#root = root;
    this.#warmMs = times.warmMs;
    this.#ms = times.ms;
  }

  #seed(records: number): { file: string; bytes: Uint8Array } {
    const known = this.#seeds.get(records);
    if (known) return known;
    const made = { file: join(this.#root, `seed-${records}`), bytes: makeSeed(records) };
    writeFileSync(made.file, made.bytes);
    this.#seeds.set(records, made);
    return made;
  }

  async #set(contender: Contender, records: number) {
    const seed = this.#seed(records);
    const [board = ''] = await contender.place.addBoards(seed.bytes, 1);
    const port = await findFreePort();
    const server = await ServerProcess.start(contender.file, port, contender.place.env);
    const common = {
      ...{ origin: `ws://127.0.0.1:${port}`, dialect: contender.dialect, board, seed: seed.file },
      ...{ pid: server.pid, database: contender.place.database },
    };
    return { port, server, common };
  }

  async live(
    contender: Contender,
    scene: LiveScene,
  ): Promise<LiveResult & { heldMb: number; checks: readonly number[] }> {
    const { server, common } = await this.#set(contender, scene.people + 20);
    try {
      const times = { warmMs: this.#warmMs, ms: this.#ms };
      const result = await generateLoad<LiveResult>({ scene: 'live', ...common, ...scene, ...times });
      const checks = contender.id.startsWith('ours') ? await server.checks() : [];
      return { ...result, heldMb: await server.heldMb(), checks };
    } finally {
      await server.end();
    }
  }

  async join(contender: Contender, records: number, people: number): Promise<JoinResult> {
    const { server, common } = await this.#set(contender, records);
    try {
      return await generateLoad<JoinResult>({ scene: 'join', ...common, people, limitMs: 30_000 });
    } finally {
      await server.end('SIGKILL');
    }
  }

  async comeBack(contender: Contender, people: number): Promise<ReturnResult> {
    const { port, server, common } = await this.#set(contender, 1_000);
    let next = server;
    try {
      return await generateLoad<ReturnResult>({ scene: 'return', ...common, people }, async () => {
        await server.end();
        next = await ServerProcess.start(contender.file, port, contender.place.env);
        return { pid: next.pid };
      });
    } finally {
      await next.end('SIGKILL');
    }
  }

  async kill(contender: Contender): Promise<KillResult> {
    const { port, server, common } = await this.#set(contender, 40);
    let next = server;
    try {
      const load = { people: 20, editsPerS: 10, ms: 5_000 };
      return await generateLoad<KillResult>({ scene: 'kill', ...common, ...load }, async () => {
        await server.end('SIGKILL');
        next = await ServerProcess.start(contender.file, port, contender.place.env);
        return { pid: next.pid };
      });
    } finally {
      await next.end('SIGKILL');
    }
  }

  /** Memory per quiet board in kB: what so many more open boards hold than the first few, which warm the server up. */
  async idle(contender: Contender, boards: number, restMs: number): Promise<{ kbPerBoard: number }> {
    const ids = await contender.place.addBoards(this.#seed(1_000).bytes, boards + warmBoards);
    const port = await findFreePort();
    const server = await ServerProcess.start(contender.file, port, contender.place.env);
    const job = { scene: 'idle', origin: `ws://127.0.0.1:${port}`, dialect: contender.dialect } as const;
    const heldWith = async (some: readonly string[]): Promise<number> => {
      let held = 0;
      await generateLoad({ ...job, boards: some }, async () => {
        await new Promise((resolve) => setTimeout(resolve, restMs));
        held = await server.heldMb();
        return { pid: server.pid };
      });
      return held;
    };
    try {
      const first = await heldWith(ids.slice(0, warmBoards));
      const all = await heldWith(ids);
      return { kbPerBoard: ((all - first) * 1_024) / boards };
    } finally {
      await server.end('SIGKILL');
    }
  }
}
