import type { LayoutServerLoad } from './$types';
import { localeOf } from './locale.server.ts';

/** What every page knows: language, theme, and whether the connection is protected. */
export const load: LayoutServerLoad = ({ request, cookies, locals }) => {
  return {
    locale: localeOf(request.headers.get('accept-language')),
    theme: themeOf(cookies.get('theme')),
    clock: {
      now: locals.viewer?.organisation.now ?? Date.now(),
      timezone: locals.viewer?.organisation.timezone ?? 'UTC',
    },
    unprotected: locals.unprotected,
  };
};

function themeOf(cookie: string | undefined): 'light' | 'dark' | 'system' {
  return cookie === 'light' || cookie === 'dark' ? cookie : 'system';
}
