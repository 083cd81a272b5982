import 'react';

declare module 'react' {
  /** Custom properties our style sheet reads. */
  interface CSSProperties {
    '--hue'?: string;
    '--lines'?: number;
    '--size'?: string;
    '--share'?: string;
  }
}
