import { redirect } from '@sveltejs/kit';
import { localPath } from '../signed-in.server.ts';
import type { RequestHandler } from './$types';

/** Remembers light, dark or the system's choice in a cookie, so that the server can write the page in it. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  const theme = form.get('theme');
  const options = { path: '/', secure: url.protocol === 'https:', sameSite: 'lax' as const };
  if (theme === 'light' || theme === 'dark') {
    cookies.set('theme', theme, { ...options, httpOnly: true, maxAge: 365 * 86_400 });
  } else {
    cookies.delete('theme', options);
  }
  const back = form.get('back');
  redirect(303, localPath(typeof back === 'string' ? back : null, '/'));
};
