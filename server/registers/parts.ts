import type { RegisterKind } from '#protocol/views/registers.ts';
import { assumptionPart } from './assumption-part.ts';
import { decisionPart } from './decision-part.ts';
import { interruptPart } from './interrupt-part.ts';
import { learningPart } from './learning-part.ts';
import { outsideSignalPart } from './outside-signal-part.ts';
import type { RegisterPart } from './part.ts';
import { riskPart } from './risk-part.ts';
import { strategyFramePart } from './strategy-frame-part.ts';
import { triagePart } from './triage-part.ts';

/** All registers, by kind. */
export const registerParts: Readonly<Record<RegisterKind, RegisterPart>> = {
  decision: decisionPart,
  assumption: assumptionPart,
  risk: riskPart,
  'triage-item': triagePart,
  interrupt: interruptPart,
  learning: learningPart,
  'outside-signal': outsideSignalPart,
  'strategy-frame': strategyFramePart,
};
