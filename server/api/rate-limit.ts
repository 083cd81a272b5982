import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refused, allowed, type Outcome } from '#domain/outcome.ts';

/** Calls a minute. Strangers are counted by address, everybody else by person. */
export const callsPerMinute = { stranger: 60, reading: 1_200, writing: 600, importing: 30 } as const;
export type Rate = keyof typeof callsPerMinute;

export interface RateLimit {
  /** Counts one call of `who`; refused with the seconds to wait once the minute's share is used up. */
  spend(
    rate: Rate,
    who: string,
  ): Promise<Outcome<true, 'too-many-requests'> & { readonly waitSeconds: number }>;
}

/** Keeps its counts in this process: several nodes allow their sum, which is enough to stop a loop gone wild. */
export function createRateLimit(): RateLimit {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const limiters: Readonly<Record<Rate, RateLimiterMemory>> = {
    stranger: limiter(callsPerMinute.stranger),
    reading: limiter(callsPerMinute.reading),
    writing: limiter(callsPerMinute.writing),
    importing: limiter(callsPerMinute.importing),
  };
  return {
    async spend(rate, who) {
      try {
        await limiters[rate].consume(who);
        return { ...allowed<true>(true), waitSeconds: 0 };
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const waitSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        return {
          ...refused(
            'too-many-requests',
            `That is more than ${callsPerMinute[rate]} calls a minute. Wait ${waitSeconds} s.`,
          ),
          waitSeconds,
        };
      }
    },
  };
}
