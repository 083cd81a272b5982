import { numberIn, numbersUnder, type Posted } from './posted.ts';

/** The parts of a check-in's form that were read already. */
export interface ReportFields {
  readonly version: number;
  readonly status: 'on' | 'risk' | 'off';
  readonly confidence?: string | undefined;
  readonly exact: string;
  readonly whatChanged: string;
  readonly nextStep: string;
  readonly helpWanted: string;
  readonly link: string;
}

/**
 * A posted form as a check-in. The exact confidence wins over the step; an unchecked box among those that were asked is
 * "not done"; a blocker and help count only when it is not on track, where they were shown.
 */
export function checkInInput(fields: ReportFields, posted: Posted) {
  const said = (name: string): string => posted.get(name)?.[0]?.trim() ?? '';
  const unchecked = (posted.get('asked') ?? [])
    .filter((key) => !posted.has(`values.${key}`))
    .map((key) => [key, 0] as const);
  const held = fields.status !== 'on' && said('blocker.kind') !== '';
  return {
    version: fields.version,
    values: { ...Object.fromEntries(unchecked), ...numbersUnder('values.', posted) },
    status: fields.status,
    confidence: numberIn(fields.exact) ?? numberIn(fields.confidence ?? ''),
    whatChanged: fields.whatChanged,
    nextStep: fields.nextStep,
    helpWanted: fields.status === 'on' ? '' : fields.helpWanted,
    link: fields.link === '' ? null : fields.link,
    blocker: held
      ? {
          kind: said('blocker.kind'),
          text: said('blocker.text'),
          owner: said('blocker.owner') || null,
          by: said('blocker.by') || null,
        }
      : null,
  };
}
