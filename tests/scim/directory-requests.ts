// Requests in the shapes that directories send them, from their public documentation and RFC 7644.

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patch = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Okta assigns somebody to the application. */
export const oktaUser = (given: string, family: string) => ({
  schemas: [user],
  userName: `${given.toLowerCase()}@example.org`,
  name: { givenName: given, familyName: family },
  emails: [{ primary: true, value: `${given.toLowerCase()}@example.org`, type: 'work' }],
  displayName: `${given} ${family}`,
  locale: 'en-US',
  externalId: `00u-${given.toLowerCase()}`,
  groups: [],
  password: '1mz050nq',
  active: true,
});

/** Okta takes somebody out of the application, or back in. */
export const oktaActive = (active: boolean) => ({
  schemas: [patch],
  Operations: [{ op: 'replace', value: { active } }],
});

/** Entra makes a user. */
export const entraUser = (given: string, family: string) => ({
  schemas: [user, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  externalId: `entra-${given.toLowerCase()}`,
  userName: `${given.toLowerCase()}@example.org`,
  active: true,
  displayName: `${given} ${family}`,
  emails: [{ primary: true, type: 'work', value: `${given}@Example.org` }],
  meta: { resourceType: 'User' },
  name: { formatted: `${given} ${family}`, familyName: family, givenName: given },
  roles: [],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Planning' },
});

/** Entra disables a user: the state is a text. */
export const entraDisable = {
  schemas: [patch],
  Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
};

/** Entra changes several attributes at once, each with its path. */
export const entraChange = {
  schemas: [patch],
  Operations: [
    { op: 'Replace', path: 'emails[type eq "work"].value', value: 'b.ito@example.org' },
    { op: 'Replace', path: 'name.familyName', value: 'Ito-Berg' },
    { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 30 1234' },
    {
      op: 'Add',
      path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
      value: 'Logistics',
    },
    { op: 'Replace', path: 'displayName', value: 'Bea Ito-Berg' },
  ],
};

/** Entra with dotted names in one value. */
export const entraDotted = {
  schemas: [patch],
  Operations: [
    { op: 'replace', value: { 'name.givenName': 'Beate', displayName: 'Beate Ito', active: 'True' } },
  ],
};

export const oktaGroup = (displayName: string, members: readonly string[] = []) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
  members: members.map((value) => ({ value, display: 'somebody' })),
});

export const oktaGroupRename = (id: string, displayName: string) => ({
  schemas: [patch],
  Operations: [{ op: 'replace', value: { id, displayName } }],
});

export const oktaGroupMembers = (out: string, into: string) => ({
  schemas: [patch],
  Operations: [
    { op: 'remove', path: `members[value eq "${out}"]` },
    { op: 'add', path: 'members', value: [{ value: into, display: 'test.user@okta.local' }] },
  ],
});

export const entraGroupAdd = (id: string) => ({
  schemas: [patch],
  Operations: [{ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }],
});

export const entraGroupRemove = (id: string) => ({
  schemas: [patch],
  Operations: [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] }],
});
