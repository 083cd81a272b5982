/** Ways to run something later. Each returns a function that calls it off. */
export interface Schedule {
  /** Before the next frame is drawn; may never come while the tab is hidden. */
  frame(run: () => void): () => void;
  delay(run: () => void, ms: number): () => void;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}

/** The browser's frames and timers. */
export const browserSchedule: Schedule = {
  frame: (run) => {
    const id = requestAnimationFrame(run);
    return () => cancelAnimationFrame(id);
  },
  delay: (run, ms) => {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
  now: () => performance.now(),
};

/** How long anything waits for a frame before it runs without one: a hidden tab draws none. */
const hiddenTabMs = 250;

/** Runs `work` once, at the next frame or 250 ms later, however often it is asked until then. */
export class OncePerFrame {
  private cancel: (() => void)[] = [];
  private readonly schedule: Schedule;
  private readonly work: () => void;

  constructor(schedule: Schedule, work: () => void) {
    this.schedule = schedule;
    this.work = work;
  }

  ask(): void {
    if (this.cancel.length > 0) return;
    const run = () => {
      this.callOff();
      this.work();
    };
    this.cancel = [this.schedule.frame(run), this.schedule.delay(run, hiddenTabMs)];
  }

  callOff(): void {
    for (const cancel of this.cancel) cancel();
    this.cancel = [];
  }
}
