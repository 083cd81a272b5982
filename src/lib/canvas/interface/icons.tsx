import type { ReactNode } from 'react';

/** Tool icons in lucide's manner: 24 units, 1.75 px strokes. */
const icon = (drawing: ReactNode) => (
  <div className="bc-icon">
    <svg
      viewBox="0 0 24 24"
      width={20}
      height={20}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawing}
    </svg>
  </div>
);

export const icons = {
  objective: icon(
    <>
      <rect x="3" y="5" width="18" height="14" rx="2.5" />
      <path d="M7 5v14M11 10h6M11 14h4" />
    </>,
  ),
  priority: icon(<path d="M5 21V4m0 1h12.5l-2.6 4 2.6 4H5" />),
  area: icon(
    <>
      <rect x="3" y="7" width="18" height="13" rx="3" />
      <path d="M6 7V4h7v3" />
    </>,
  ),
  dependency: icon(
    <>
      <circle cx="5" cy="6" r="2" />
      <path d="M7 6c7 0 3 12 12 12m-3-3 3 3-3 3" />
    </>,
  ),
};
