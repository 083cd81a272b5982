import { z } from 'zod';

/** Bytes as browsers send them; long enough for a certificate, and no longer. */
const bytes = (most: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(most);

/** A credential's id has at most 1023 bytes. */
const credentialId = bytes(1364);

const made = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(8_000),
    attestationObject: bytes(64_000),
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
});

const signed = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(8_000),
    authenticatorData: bytes(8_000),
    signature: bytes(8_000),
    userHandle: bytes(100).optional(),
  }),
});

const clientData = z.object({ challenge: z.string().max(200), origin: z.string().max(500) });

export interface Read<Response> {
  readonly response: Response & { readonly clientExtensionResults: Record<string, never> };
  /** What the browser says it answers. */
  readonly challenge: string;
  /** Where the browser says it was. */
  readonly origin: string;
}

/** The answer of a device that made a passkey; null when it is none. */
export const readMade = (value: unknown): Read<z.output<typeof made>> | null => readAs(made, value);

/** The answer of a device that signed with one; null when it is none. */
export const readSigned = (value: unknown): Read<z.output<typeof signed>> | null => readAs(signed, value);

function readAs<T extends { readonly response: { readonly clientDataJSON: string } }>(
  shape: z.ZodType<T>,
  value: unknown,
): Read<T> | null {
  const response = shape.safeParse(value);
  if (!response.success) return null;
  const said = clientData.safeParse(readJson(response.data.response.clientDataJSON));
  // What extensions answer is not asked for, and not believed.
  return said.success ? { response: { ...response.data, clientExtensionResults: {} }, ...said.data } : null;
}

function readJson(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
