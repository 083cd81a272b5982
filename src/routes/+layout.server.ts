import type { LayoutServerLoad } from './$types';
import { localeOf } from './locale.server.ts';

/** What every page knows: language, theme, and whether the connection is protected. */
export const load: LayoutServerLoad = ({ request, cookies, locals }) => {
  const theme = cookies.get('theme');
  return {
    locale: localeOf(request.headers.get('accept-language')),
    theme: theme === 'light' || theme === 'dark' ? theme : ('system' as const),
    clock: {
      now: locals.viewer?.organisation.now ?? Date.now(),
      timezone: locals.viewer?.organisation.timezone ?? 'UTC',
    },
    unprotected: locals.unprotected,
  };
};
