// The tables of streams in the source's page, made from its catalog.
const BEGIN = '<!-- streams -->';
const END = '<!-- /streams -->';

/** The page with its tables of streams made anew. */
function withStreamTables(page, {streams}) {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The page lacks ${BEGIN} .. ${END}.`);
  const tables = streams.map(section).join('\n');
  return `${page.slice(0, begin)}${BEGIN}\n\n${tables}\n${page.slice(end)}`;
}

function section({name, json_schema: {properties}, source_defined_primary_key: key}) {
  const members = new Set(key.map(([member]) => member));
  const rows = Object.entries(properties).map(([field, schema]) => {
    const name = `\`${field}\`${members.has(field) ? ' (key)' : ''}`;
    return `| ${name} | ${typeOf(schema)} | ${cell(schema.description)} |`;
  });
  return `### ${name}\n\n| field | type | meaning |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** `integer`, `integer, null`, `timestamp`, … */
function typeOf({type, airbyte_type, format, items}) {
  const [given] = [type].flat().filter((each) => each !== 'null');
  const list = items === undefined ? given : `${given} of ${[items.type].flat()[0]}s`;
  const name = airbyte_type?.startsWith('timestamp') ? 'timestamp' : (format ?? list);
  return [type].flat().includes('null') ? `${name}, null` : name;
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

module.exports = {withStreamTables};
