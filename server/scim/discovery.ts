const core = 'urn:ietf:params:scim:schemas:core:2.0:';
export const userSchema = `${core}User`;
export const groupSchema = `${core}Group`;

/** The most users or groups of one answer. */
export const mostAtOnce = 200;

/** What this server can do of SCIM (RFC 7643 5). */
export const serviceProviderConfig = (base: string) => ({
  schemas: [`${core}ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: mostAtOnce },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token made under Settings, Provisioning.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

export const resourceTypes = (base: string) =>
  [
    { name: 'User', endpoint: '/Users', description: 'Somebody of the organisation', schema: userSchema },
    { name: 'Group', endpoint: '/Groups', description: 'A team', schema: groupSchema },
  ].map((it) => ({
    schemas: [`${core}ResourceType`],
    id: it.name,
    ...it,
    schemaExtensions: [],
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${it.name}` },
  }));

interface Attribute {
  readonly name: string;
  readonly type?: 'string' | 'boolean' | 'complex' | 'reference';
  readonly multiValued?: boolean;
  readonly description: string;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: 'readWrite' | 'readOnly' | 'immutable';
  readonly uniqueness?: 'none' | 'server';
  readonly subAttributes?: readonly object[];
}

const attribute = (it: Attribute) => ({
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...it,
});

/** Every attribute that is kept, and none that is not (RFC 7643 7). */
export const schemas = (base: string) =>
  [
    {
      id: userSchema,
      name: 'User',
      description: 'Somebody of the organisation: who has joined, or is invited.',
      attributes: [
        attribute({
          ...{ name: 'userName', description: 'Names the user in the directory.' },
          ...{ required: true, uniqueness: 'server' },
        }),
        attribute({
          ...{ name: 'name', type: 'complex', description: 'The parts of the name.' },
          subAttributes: ['formatted', 'givenName', 'familyName'].map((name) =>
            attribute({ name, description: 'A part of the name.' }),
          ),
        }),
        attribute({ name: 'displayName', description: 'What people here read.' }),
        attribute({
          ...{ name: 'emails', type: 'complex', multiValued: true, description: 'One address is kept.' },
          subAttributes: [
            attribute({ name: 'value', description: 'The address invites go to.', required: true }),
            attribute({ name: 'type', description: 'Always work.' }),
            attribute({ name: 'primary', type: 'boolean', description: 'Always true.' }),
          ],
        }),
        attribute({
          ...{ name: 'active', type: 'boolean', description: 'False suspends, true lets back in.' },
        }),
      ],
    },
    {
      id: groupSchema,
      name: 'Group',
      description: 'A team.',
      attributes: [
        attribute({
          ...{ name: 'displayName', description: 'The name of the team.' },
          ...{ required: true, uniqueness: 'server' },
        }),
        attribute({
          ...{ name: 'members', type: 'complex', multiValued: true, description: 'Users in the team.' },
          subAttributes: [
            attribute({ name: 'value', description: 'The id of a user.', mutability: 'immutable' }),
            attribute({ name: 'display', description: 'The name of the user.', mutability: 'readOnly' }),
          ],
        }),
      ],
    },
  ].map((it) => ({
    schemas: [`${core}Schema`],
    ...it,
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${it.id}` },
  }));
