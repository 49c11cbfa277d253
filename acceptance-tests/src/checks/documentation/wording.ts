import type {Kind} from '../../config/own-config';
import {sectionsOf, type Section} from './page';

/** The connector that a page is about. */
interface Subject {
  readonly name: string;
  readonly kind: Kind;
  readonly version: string | undefined;
}

/** What a section has to begin with, by its heading. */
interface Wording {
  readonly heading: string;
  readonly text: string;
}

/**
 * Where a page leaves the wording of Airbyte's template. Line breaks do not matter; the
 * address behind the connector's own name may be any. Sections that Airbyte leaves to the
 * author are not looked at, and a page may have no section for a system that it is not for.
 */
export function wordingFaults(page: string, subject: Subject): readonly string[] {
  const sections = sectionsOf(page);
  return [
    ...introductionFaults(sections, subject),
    ...wordings(subject).flatMap(({heading, text}) =>
      beginning(sections, heading, text),
    ),
    ...changelogFaults(sections, subject),
  ];
}

function wordings({name, kind}: Subject): readonly Wording[] {
  const [menu, place] =
    kind === 'source' ? ['Sources', 'source'] : ['Destinations', 'destination'];
  return [
    {
      heading: 'For Airbyte Cloud:',
      text:
        '1. [Log into your Airbyte Cloud](https://cloud.airbyte.com/workspaces) account. ' +
        `2. Click ${menu} and then click + New ${place}. ` +
        `3. On the Set up the ${place} page, select ${name} from the ` +
        `${capital(place)} type dropdown. 4. Enter a name for the ${name} connector.`,
    },
    {
      heading: 'For Airbyte Open Source:',
      text: '1. Navigate to the Airbyte Open Source dashboard.',
    },
    {
      heading: 'Supported sync modes',
      text:
        `The ${name} ${place} connector supports the following ` +
        '[sync modes](https://docs.airbyte.com/cloud/core-concepts/#connection-sync-modes):',
    },
    {
      heading: 'Tutorials',
      text:
        `Now that you have set up the ${name} ${place} connector, check out the ` +
        `following ${name} tutorials:`,
    },
  ];
}

function introductionFaults(
  sections: readonly Section[],
  {name, kind}: Subject,
): readonly string[] {
  const text = oneLine(sections[0]?.text ?? '');
  const wanted =
    '<HideInUI> This page contains the setup guide and reference information for the ' +
    `[${name}](…) ${kind} connector. </HideInUI>`;
  return text.replace(/\]\([^)]*\)/g, '](…)').includes(wanted)
    ? []
    : [`the page does not introduce itself: ${wanted}`];
}

/** One of the sections of a heading begins so, where there are any. */
function beginning(
  sections: readonly Section[],
  heading: string,
  text: string,
): readonly string[] {
  const texts = sections.filter((section) => section.heading === heading);
  return texts.length === 0 ||
    texts.some((section) => oneLine(section.text).startsWith(text))
    ? []
    : [`"${heading}" does not begin so: ${text}`];
}

function changelogFaults(
  sections: readonly Section[],
  {version}: Subject,
): readonly string[] {
  const text = oneLine(
    sections.find(({heading}) => heading === 'Changelog')?.text ?? '',
  );
  const isFolded =
    text.startsWith('<details> <summary>Expand to review</summary>') &&
    text.endsWith('</details>');
  return [
    ...(isFolded
      ? []
      : ['the changelog is not between <details> <summary>Expand to review</summary>']),
    ...(version === undefined || text.includes(`| ${version} |`)
      ? []
      : [`the changelog has no row for ${version}`]),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
