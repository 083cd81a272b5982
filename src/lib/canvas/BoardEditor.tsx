import { Tldraw, type Editor, type TLStore, type TLUser } from 'tldraw';
import { assetUrls, bindingUtils, options, shapeUtils, tools } from './editor-options.ts';
import { components } from './interface/components.tsx';
import { Intake } from './interface/Intake.tsx';
import { overrides } from './interface/overrides.ts';
import { SurroundingsContext, type Surroundings } from './surroundings.ts';
import { visibilityOf } from './behaviour/visibility.ts';

interface Props {
  store: TLStore;
  user: TLUser;
  around: Surroundings;
  onMount: (editor: Editor) => () => void;
}

/** tldraw with our objects, tools and interface. */
export function BoardEditor({ store, user, around, onMount }: Props) {
  const { licenseKey } = around.input;
  return (
    <SurroundingsContext value={around}>
      <Tldraw
        {...{
          store,
          user,
          shapeUtils,
          bindingUtils,
          tools,
          components,
          overrides,
          assetUrls,
          options,
          onMount,
        }}
        {...(licenseKey === undefined ? {} : { licenseKey })}
        embeds={[]}
        getShapeVisibility={visibilityOf(around)}
        initialState="select"
        autoFocus
      >
        <Intake />
      </Tldraw>
    </SurroundingsContext>
  );
}
