/** Hints are said once on a device. Where the browser keeps nothing, they are said once a visit at most. */
export function wasShown(hint: string): boolean {
  try {
    return localStorage.getItem(`hint:${hint}`) !== null;
  } catch {
    return true;
  }
}

export function rememberShown(hint: string): void {
  try {
    localStorage.setItem(`hint:${hint}`, '1');
  } catch {
    // Private windows may refuse; then the hint comes again, which harms nobody.
  }
}
