import { describe, expect, test } from 'vitest';
import { dueInColumn, type Slice } from './follow-columns.ts';

const january: Slice = { x: 0, y: 0, w: 300, h: 900, start: '2027-01-01', end: '2027-01-31' };
const february: Slice = { x: 300, y: 0, w: 300, h: 900, start: '2027-02-01', end: '2027-02-28' };
const slices = [january, february];

describe('columns', () => {
  test("[CV6] a card put into a column is due on the column's last day", () => {
    expect(dueInColumn({ x: 350, y: 400 }, '2027-01-15', slices)).toBe('2027-02-28');
    expect(dueInColumn({ x: 10, y: 10 }, null, slices)).toBe('2027-01-31');
  });

  test('[CV6] within its column a card keeps its own date', () => {
    expect(dueInColumn({ x: 10, y: 10 }, '2027-01-15', slices)).toBeUndefined();
    expect(dueInColumn({ x: 10, y: 10 }, '2027-01-31', slices)).toBeUndefined();
  });

  test('[CV6] outside of all columns, and in one without an end, nothing changes', () => {
    expect(dueInColumn({ x: 5000, y: 10 }, '2027-01-15', slices)).toBeUndefined();
    expect(dueInColumn({ x: 10, y: 10 }, null, [{ ...january, end: null }])).toBeUndefined();
  });
});
