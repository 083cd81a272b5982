/** The only table of roles (architecture.md A8). */
export type OrganisationRole = 'administrator' | 'member' | 'observer';
export type TeamRole = 'lead' | 'member';

/** What a connection may do on a board; what the wire enforces. */
export type BoardRight = 'none' | 'read' | 'write' | 'manage';
