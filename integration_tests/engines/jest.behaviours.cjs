// The suite of behaviours on the engine that run.cjs set up; never part of `npm test`.
const [unit] = require('../../jest.config.cjs').projects;

const behaviours = '<rootDir>/integration_tests/engines/behaviours';
const {name} = JSON.parse(process.env.BEHAVIOURS_ENGINE ?? '{"name":"local"}');

/** What only SQL warehouses promise besides. */
const ofWarehouses = name === 'local' ? [] : [`${behaviours}/warehouse/*.test.ts`];

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '../..',
  displayName: 'behaviours',
  testMatch: [`${behaviours}/*.test.ts`, ...ofWarehouses],
  testTimeout: 900_000,
};
