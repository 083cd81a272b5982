import type { LayoutServerLoad } from './$types';

/** Sign-ins, invites and tokens live in real time, in the example too. */
export const load: LayoutServerLoad = () => ({ realNow: Date.now() });
