const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for text that can be an id. Asked before a query: the database answers anything else with an error, not with no row. */
export const isUuid = (text: string): boolean => shape.test(text);
