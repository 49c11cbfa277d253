import type {Kind} from '../../config/own-config';

interface Heading {
  readonly name: string;
  readonly isOptional: boolean;
}

/** Here a page may have headings of its own. */
const ANY = 'any';

type Template = readonly (Heading | typeof ANY)[];

/**
 * What is wrong with the headings of a page by Airbyte's template: the first one that is
 * missing or stands in the wrong place.
 *
 * @param name the connector's name in its metadata.
 */
export function headingFaults(
  headings: readonly string[],
  name: string,
  kind: Kind,
): readonly string[] {
  const expected = template(name, kind);
  let at = 0;
  for (const heading of headings) {
    const next = placeAfter(heading, expected, at);
    if (next === undefined) {
      const wanted = nextRequired(expected, at) ?? 'the end of the page';
      return [`the heading "${heading}" stands where "${wanted}" should`];
    }
    at = next;
  }
  const missing = nextRequired(expected, at);
  return missing === undefined ? [] : [`the heading "${missing}" is missing`];
}

function template(name: string, kind: Kind): Template {
  const required = (heading: string): Heading => ({name: heading, isOptional: false});
  const optional = (heading: string): Heading => ({name: heading, isOptional: true});
  const systems = [
    optional('For Airbyte Cloud:'),
    optional('For Airbyte Open Source:'),
  ];
  return [
    ...[name, 'Prerequisites', 'Setup guide', `Set up ${name}`].map(required),
    ...systems,
    ANY,
    optional(`Set up the ${name} connector in Airbyte`),
    ...systems,
    ANY,
    required('Supported sync modes'),
    // A destination has no streams of its own.
    {name: 'Supported Streams', isOptional: kind === 'destination'},
    ANY,
    ...['Performance considerations', 'Data type map'].map(optional),
    optional('Limitations & Troubleshooting'),
    ANY,
    optional('Tutorials'),
    required('Changelog'),
  ];
}

/** Where the template goes on after a heading, what is optional before it left out. */
function placeAfter(
  heading: string,
  expected: Template,
  from: number,
): number | undefined {
  const isKnown = expected.some((each) => each !== ANY && each.name === heading);
  for (const [i, each] of expected.slice(from).entries()) {
    if (each === ANY) {
      if (!isKnown) return from + i;
    } else {
      if (each.name === heading) return from + i + 1;
      if (!each.isOptional) return undefined;
    }
  }
  return undefined;
}

function nextRequired(expected: Template, from: number): string | undefined {
  return expected
    .slice(from)
    .flatMap((each) => (each === ANY || each.isOptional ? [] : each.name))[0];
}
