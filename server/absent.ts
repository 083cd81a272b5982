/** A part that is not there yet: any use says so. */
export const absent = <T extends object>(name: string): T =>
  new Proxy({} as T, {
    get: (_target, property) => {
      if (property === 'then') return undefined;
      throw new Error(`${name}.${String(property)} is not there yet`);
    },
  });
