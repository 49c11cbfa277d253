// Which rows of the diagnosis were told while the doors were checked, and by what.
const {DIAGNOSIS} = require('../../sources/pi/lib/diagnosis.js');

const FINDINGS = DIAGNOSIS.flatMap(({title, findings}) =>
  findings.map((finding) => ({...finding, layer: title, begins: beginning(finding)})),
);

function beginning({text}) {
  const literal = text.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  const patterns = literal.replace(/^\{\w+\}/, String.raw`\S+`);
  return new RegExp(`^${patterns.replaceAll(/\{\w+\}/g, '.*')}`, 's');
}

/** @returns the row whose text a message begins with; undefined where there is none. */
function findingIn(message) {
  return FINDINGS.find(({begins}) => begins.test(message));
}

/** What was heard in one run of the suite. */
class Provoked {
  /** The first check in which a row was told, by its id. */
  #checks = new Map();
  /** Under which check the next runs of the source are counted. */
  check = '';

  /** Looks at what one run of the source said to the user. */
  hear(messages) {
    for (const {connectionStatus, trace} of messages) {
      const finding = findingIn(
        connectionStatus?.message ?? trace?.error?.message ?? '',
      );
      if (finding && !this.#checks.has(finding.id))
        this.#checks.set(finding.id, this.check);
    }
  }

  /** Each row with the check that provoked it; `undefined` where none did. */
  rows() {
    return FINDINGS.map(({id, layer}) => ({id, layer, check: this.#checks.get(id)}));
  }
}

module.exports = {findingIn, Provoked};
