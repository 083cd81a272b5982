/** True when the database refused a row because another one already has what must be unique (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown): boolean {
  // Drizzle wraps the driver's error.
  for (let fault: unknown = error; fault instanceof Error; fault = fault.cause) {
    if ('code' in fault && fault.code === '23505') return true;
  }
  return false;
}
