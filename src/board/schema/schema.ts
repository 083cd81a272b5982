import { createTLSchema, defaultBindingSchemas, defaultShapeSchemas } from '@tldraw/tlschema';
import { areaProps, columnProps, objectiveProps, priorityProps } from './shapes.ts';

export { SCHEMA_VERSION } from './version.ts';

const { arrow, draw, frame, geo, group, highlight, image, line, note, text } = defaultShapeSchemas;

/** Shapes a board may hold. Embed, bookmark and video are left out: they make every viewer fetch from other hosts. */
export const shapeSchemas = {
  area: { props: areaProps },
  column: { props: columnProps },
  priority: { props: priorityProps },
  objective: { props: objectiveProps },
  ...{ arrow, draw, frame, geo, group, highlight, image, line, note, text },
};

/** A new tldraw schema; runs in Node. Canvas and gatekeeper use the same one. */
export const createBoardSchema = () =>
  createTLSchema({ shapes: shapeSchemas, bindings: defaultBindingSchemas });

/** The one schema validation uses. */
export const boardSchema = createBoardSchema();
