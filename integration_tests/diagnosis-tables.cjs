// The tables of what a check may say, in the source's page, made from its own texts.
const BEGIN = '<!-- diagnosis -->';
const END = '<!-- /diagnosis -->';

/** The page with its tables of failures made anew. */
function withDiagnosisTables(page, layers) {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The page lacks ${BEGIN} .. ${END}.`);
  const tables = layers.map(section).join('\n');
  return `${page.slice(0, begin)}${BEGIN}\n\n${tables}\n${page.slice(end)}`;
}

function section({title, findings}) {
  const rows = findings.map(({text, failureType}) => {
    const passes = failureType === 'transient_error' ? 'yes' : 'no';
    return `| ${cell(text)} | ${passes} |`;
  });
  return `#### ${title}\n\n| said, with cause and remedy | may pass by itself |\n|---|---|\n${rows.join('\n')}\n`;
}

/** `…` for what differs from case to case. */
function cell(text) {
  return text
    .replaceAll(/\{\w+\}/g, '…')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
}

module.exports = {withDiagnosisTables};
