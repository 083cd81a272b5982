import type { Fault } from '../../outcome.ts';
import type { PlanProblem } from '../plan.ts';
import { planFileLimits } from './plan-file.ts';

/** Collects everything that is wrong with a file, so that it can be said at once. */
export class FaultLog {
  readonly warnings: PlanProblem[] = [];
  private readonly faults: Fault[] = [];
  private count = 0;

  /** A reason to refuse the file. */
  fault(path: string, message: string): void {
    this.count += 1;
    if (this.faults.length < planFileLimits.faults) this.faults.push({ path, message });
  }

  warn(code: string, message: string, key: string | null): void {
    this.warnings.push({ code, severity: 'warning', message, key });
  }

  get hasFaults(): boolean {
    return this.count > 0;
  }

  /** All faults; beyond the limit the last one counts the others. */
  all(): readonly Fault[] {
    const more = this.count - this.faults.length;
    return more === 0
      ? this.faults
      : [...this.faults, { path: '', message: `${more} more faults of this kind` }];
  }
}
