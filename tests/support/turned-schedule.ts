import type { Schedule } from '../../src/board/schedule.ts';

interface Timer {
  readonly run: () => void;
  readonly at: number;
}

/** Frames and a clock that only a test turns. */
export class TurnedSchedule implements Schedule {
  private frames: (() => void)[] = [];
  private timers: Timer[] = [];
  private time = 0;

  frame(run: () => void): () => void {
    this.frames.push(run);
    return () => {
      this.frames = this.frames.filter((other) => other !== run);
    };
  }

  delay(run: () => void, ms: number): () => void {
    const timer = { run, at: this.time + ms };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  now(): number {
    return this.time;
  }

  /** Draws one frame. */
  drawFrame(): void {
    for (const run of this.frames.splice(0)) run();
  }

  /** Lets time pass, timers running when they are due; draws no frame. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}
