import { createSubscriber } from 'svelte/reactivity';

/**
 * The theme the page shows now: what the person chose (`data-theme` on the root), else what the device prefers. Reactive; browser
 * only, `light` on the server.
 */
export function watchTheme(): { readonly current: 'light' | 'dark' } {
  if (typeof document === 'undefined') return { current: 'light' };
  const root = document.documentElement;
  const device = matchMedia('(prefers-color-scheme: dark)');
  const subscribe = createSubscriber((changed) => {
    const observer = new MutationObserver(changed);
    observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] });
    device.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      device.removeEventListener('change', changed);
    };
  });
  return {
    get current() {
      subscribe();
      const chosen = root.dataset.theme;
      return chosen === 'dark' || (chosen !== 'light' && device.matches) ? 'dark' : 'light';
    },
  };
}
