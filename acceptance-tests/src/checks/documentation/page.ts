/** A heading of a page and what stands below it, up to the next heading. */
export interface Section {
  /** The words of the heading; `Step 1:` and the like left out. */
  readonly heading: string;
  /** 0 for what stands before the first heading. */
  readonly level: number;
  readonly text: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const STEP = /^Step [12]: /;
const LINK = /(?<!example: )https?:\/\/[^\s`)<>"\]]+/g;

/** The sections of a Markdown page in their order; `#` within code is no heading. */
export function sectionsOf(page: string): readonly Section[] {
  const sections: {heading: string; level: number; lines: string[]}[] = [];
  let fence: string | undefined;
  let section = {heading: '', level: 0, lines: [] as string[]};
  for (const line of page.split(/\r?\n/)) {
    fence = fenceAfter(line, fence);
    const found = fence === undefined ? HEADING.exec(line) : null;
    if (found === null) {
      section.lines.push(line);
    } else {
      const [, marks = '', heading = ''] = found;
      section = {heading: heading.replace(STEP, ''), level: marks.length, lines: []};
      sections.push(section);
    }
  }
  return sections.map(({heading, level, lines}) => ({
    ...{heading, level},
    text: lines.join('\n'),
  }));
}

/** Every http(s) address of a page, once; those after `example: ` are no links. */
export function linksOf(page: string): readonly string[] {
  const found = page.match(LINK) ?? [];
  return [...new Set(found.map((link) => link.replace(/[.,;:!?*]+$/, '')))];
}

/** The fence that is open after a line. */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const [, marks] = FENCE.exec(line) ?? [];
  if (marks === undefined) return open;
  if (open === undefined) return marks;
  const closes = marks.startsWith(open) && line.trim() === marks;
  return closes ? undefined : open;
}
