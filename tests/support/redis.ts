/**
 * The Redis to test against, or null when there is none: guard the suite with `describe.skipIf(!redisUrl)`, which
 * `npm test` counts and continuous integration refuses. It is shared by all test files: prefix channels and keys.
 */
export const redisUrl: string | null = process.env.TEST_REDIS_URL ?? null;
