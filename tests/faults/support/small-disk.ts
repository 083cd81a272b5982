import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be filled to the last byte. */
export interface SmallDisk {
  readonly folder: string;
  /** Nothing is left on it; answers how much of it was free. */
  fill(): number;
  /** What filled it is gone. */
  free(): void;
  end(): void;
}

const mount = (folder: string, megabytes: number): string | null => {
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  return done.status === 0 ? null : (done.error?.message ?? done.stderr.trim());
};

/** Why no disk can be made here (it takes root and a kernel that lets one mount), or null. */
export const noSmallDisk: string | null = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-disk-'));
  const why = mount(folder, 1);
  if (why === null) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return why;
})();

export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-disk-'));
  const why = mount(folder, megabytes);
  if (why !== null) throw new Error(`no disk could be mounted: ${why}`);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a');
      let filled = 0;
      try {
        // Large pieces, then ever smaller ones: what is left at the end is less than a page.
        for (let size = 1 << 20; size >= 512; size >>= 1) {
          const piece = Buffer.alloc(size, 1);
          for (;;) {
            try {
              filled += writeSync(file, piece);
            } catch (cause) {
              if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') break;
              throw cause;
            }
          }
        }
      } finally {
        closeSync(file);
      }
      return filled;
    },
    free: () => rmSync(filler, { force: true }),
    end() {
      // Lazily: a process that was killed a moment ago may still hold a file.
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
