import { useEffect } from 'react';
import {
  defaultHandleExternalFileContent,
  useEditor,
  useToasts,
  useTranslation,
  type TLDefaultExternalContentHandlerOpts,
} from 'tldraw';
import { inputOf } from '../behaviour/input-of.ts';

/** Pictures live inside the document, so they have to be small. Bytes. */
export const maxPictureBytes = 500_000;
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

const isPicture = (file: File): boolean => pictureTypes.some((type) => type === file.type);

/** What is dropped or pasted from outside: plan files go to the import, pictures onto the board, links stay text. */
export function Intake() {
  const editor = useEditor();
  const toasts = useToasts();
  const msg = useTranslation();

  useEffect(() => {
    const options: TLDefaultExternalContentHandlerOpts = {
      ...{ toasts, msg, maxImageDimension: 2_000, maxAssetSize: maxPictureBytes },
      acceptedImageMimeTypes: pictureTypes,
      acceptedVideoMimeTypes: [],
    };
    const unreadable = () => inputOf(editor).on.refused('The picture could not be read.');
    editor.registerExternalContentHandler('files', ({ point, files }) => {
      const others = files.filter((file) => !isPicture(file));
      for (const file of others) inputOf(editor).on.fileDropped(file);
      const pictures = files.filter(isPicture);
      if (pictures.length > 0 && !editor.getIsReadonly()) {
        void defaultHandleExternalFileContent(editor, { point, files: pictures }, options).catch(unreadable);
      }
    });
    // tldraw would make a bookmark, which fetches from the linked host for every viewer.
    editor.registerExternalContentHandler('url', ({ point, url }) => {
      void editor.putExternalContent({ type: 'text', text: url, ...(point ? { point } : {}) });
    });
    editor.registerExternalContentHandler('embed', null);
    editor.registerExternalAssetHandler('url', null);
  }, [editor, toasts, msg]);

  return null;
}
