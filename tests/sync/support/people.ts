/** Person ids of the tests: uuids, as the store wants them. */
export const ana = 'aaaaaaaa-0000-4000-8000-000000000001';
export const ben = 'bbbbbbbb-0000-4000-8000-000000000002';
