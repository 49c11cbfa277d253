// The files that take minutes go first: begun at the end, they would keep one core busy
// while the other has nothing left to do. Jest knows durations only where it ran before.
const {default: Sequencer} = require('@jest/test-sequencer');

const LONGEST = ['/acceptance-tests/src/ours.test.ts'];

module.exports = class extends Sequencer {
  sort(tests) {
    const isLong = ({path}) => LONGEST.some((name) => path.endsWith(name));
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
