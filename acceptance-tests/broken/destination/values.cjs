// What the sound destination stores of a record: each member as its schema says; what does
// not fit is null, and told.

/** Numbers that a double cannot say, outside of texts. */
const TOKEN = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g;
const LONGEST = 100_000;
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n];

function conformed(record, line, {properties = {}}) {
  const data = exact(record, line);
  const changes = [];
  const row = Object.create(null);
  for (const [member, schema] of Object.entries(properties)) {
    const value = (Object.hasOwn(data, member) ? data[member] : null) ?? null;
    row[member] = value === null ? null : fitted(value, schema);
    if (row[member] !== undefined) continue;
    row[member] = null;
    changes.push({
      ...{field: member, change: 'NULLED'},
      reason: 'DESTINATION_TYPECAST_ERROR',
    });
  }
  return {row, changes};
}

/** The data with long numbers as `{digits}`, where a line has any. */
function exact({data}, line) {
  if (line.length > LONGEST || !/\d{16}/.test(line)) return data;
  const marked = line.replace(TOKEN, (token) =>
    token.startsWith('"') || token.length < 16 ? token : `{"digits":"${token}"}`,
  );
  return JSON.parse(marked).record.data;
}

/** Undefined for what does not fit. */
function fitted(value, {type, format}) {
  const types = [type].flat();
  const kind = types.find((each) => each !== 'null');
  return (FIT[kind] ?? ((any) => any))(value, format);
}

const FIT = {
  string: (value, format) => (format === 'date-time' ? instant(value) : asText(value)),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: wholeNumber,
  number: (value) => value.digits ?? (Number.isFinite(value) ? value : undefined),
};
function wholeNumber(value) {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (!/^-?\d+$/.test(value.digits ?? '')) return undefined;
  const big = BigInt(value.digits);
  return big >= INT64[0] && big <= INT64[1] ? value.digits : undefined;
}

function instant(value) {
  const year = /^(\d{4})-/.exec(value)?.[1];
  return year > '0000' && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function asText(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

module.exports = {conformed};
