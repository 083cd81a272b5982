import { groupSchema, userSchema } from './discovery.ts';
import type { Group } from './groups.ts';
import { fieldsOf, type UserRow } from './user-rows.ts';

/** A user or group as it goes out. */
export type Resource = Readonly<Record<string, unknown>>;

export function toUser(row: UserRow, base: string): Resource {
  const { userName, externalId, name, givenName, familyName, email, active } = fieldsOf(row);
  const { id, createdAt } = row.person;
  return {
    schemas: [userSchema],
    id,
    ...(externalId !== null && { externalId }),
    userName,
    name: {
      formatted: name,
      ...(givenName !== null && { givenName }),
      ...(familyName !== null && { familyName }),
    },
    displayName: name,
    emails: [{ value: email, type: 'work', primary: true }],
    active,
    meta: {
      resourceType: 'User',
      created: (row.said?.createdAt ?? createdAt).toISOString(),
      lastModified: (row.said?.updatedAt ?? createdAt).toISOString(),
      location: `${base}/Users/${id}`,
    },
  };
}

export const toGroup = (
  { id, displayName, externalId, members, createdAt }: Group,
  base: string,
): Resource => ({
  schemas: [groupSchema],
  id,
  ...(externalId !== null && { externalId }),
  displayName,
  members: members.map((it) => ({
    ...{ value: it.id, display: it.name, type: 'User', $ref: `${base}/Users/${it.id}` },
  })),
  meta: {
    resourceType: 'Group',
    created: new Date(createdAt).toISOString(),
    location: `${base}/Groups/${id}`,
  },
});

export const toList = (resources: readonly Resource[], total: number, startIndex: number): Resource => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: total,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** Only what was asked for (RFC 7644 3.9): `attributes` or `excludedAttributes`; id and schemas always. */
export function pick(resource: Resource, query: URLSearchParams): Resource {
  const names = (of: string): ReadonlySet<string> =>
    new Set(
      (query.get(of) ?? '')
        .split(',')
        .map(
          (name) =>
            name
              .trim()
              .replace(/^urn:.*:/i, '')
              .split('.')[0]
              ?.toLowerCase() ?? '',
        )
        .filter((name) => name !== ''),
    );
  const [wanted, unwanted] = [names('attributes'), names('excludedAttributes')];
  const stays = (name: string): boolean => {
    if (name === 'id' || name === 'schemas') return true;
    return wanted.size > 0 ? wanted.has(name.toLowerCase()) : !unwanted.has(name.toLowerCase());
  };
  return Object.fromEntries(Object.entries(resource).filter(([name]) => stays(name)));
}
