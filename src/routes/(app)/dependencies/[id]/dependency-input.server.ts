import { numberIn } from '#lib/tracking/posted.ts';
import type { Posted } from '../../../read-form.server.ts';

/** Turns the fields of a move's form into the command's input (`src/domain/dependency/command.ts`). */
export function dependencyInput(command: string, posted: Posted): Readonly<Record<string, unknown>> {
  const said = (name: string): string => posted.get(name)?.[0]?.trim() ?? '';
  const orNull = (name: string): string | null => said(name) || null;
  switch (command) {
    case 'accept':
      return {
        ...{ person: said('person'), date: said('date'), servedBy: orNull('servedBy') },
        confidence: numberIn(said('confidence')),
      };
    case 'send':
      return { acceptanceTest: said('acceptanceTest') };
    case 'serve-by':
      return { servedBy: orNull('servedBy') };
    case 'counter':
    case 'renegotiate':
      return { date: orNull('date'), scope: said('scope'), decisionId: orNull('decision') };
    case 'flag':
      return { date: orNull('date'), why: said('why') };
    case 'unflag':
      return { why: said('why') };
    case 'deliver':
      return { evidence: said('evidence') };
    case 'choose':
      return { choice: said('choice'), text: said('text'), owner: orNull('owner') };
    case 'own-as-risk':
      return { owner: said('owner'), text: said('text') };
    case 'decline':
    case 'reject':
    case 'renege':
    case 'withdraw':
    case 'release':
      return { reason: said('reason') };
    default:
      return {};
  }
}
