/** Sizes of a board in page units. The canvas draws with them and the import lays out with them. */
export const sizes = {
  /** An objective's card; its measures are segments, so a card's height does not grow with them. */
  objective: { w: 240, h: 152 },
  priority: { w: 320, h: 96 },
  /** Room inside an area around its cards; the top holds the area's name. */
  areaPadding: 24,
  areaHeader: 56,
  /** Between cards, and between columns of cards. */
  cardGap: 20,
  /** Between areas: arrows and their chips run here. */
  areaGap: 96,
  /** An area without cards. */
  emptyArea: { w: 288, h: 152 },
} as const;
