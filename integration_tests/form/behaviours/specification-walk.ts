/** What the walk reads of a specification. */
export interface Rule {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Rule>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Rule[];
  readonly items?: Rule;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly pattern_descriptor?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly multiline?: boolean;
  readonly display_type?: string;
  readonly airbyte_secret?: boolean;
  readonly airbyte_hidden?: boolean;
  readonly group?: string;
  readonly groups?: readonly {readonly id: string; readonly title: string}[];
}

/** Where something stands: in the configuration, and on the page by the titles around it. */
interface Place {
  readonly path: readonly string[];
  readonly titles: readonly string[];
}

/** A field that a user fills in. */
export interface Field extends Place {
  readonly title: string;
  readonly rule: Rule;
  readonly isRequired: boolean;
}

/** A `oneOf`, and what is chosen there. */
export interface Choice extends Place {
  readonly title: string;
  readonly rule: Rule;
  readonly variant: number;
}

/** One way through the form: some choices, and everything that is then to be filled in. */
export interface Scenario {
  readonly name: string;
  readonly choices: readonly Choice[];
  /** Objects that can be left out as a whole and have to be switched on. */
  readonly switches: readonly Place[];
  readonly fields: readonly Field[];
  /** The constants that follow from the choices. */
  readonly constants: readonly (Place & {readonly value: unknown})[];
}

/** Index of the variant by the path of its choice; the first where none is named. */
type Picks = ReadonlyMap<string, number>;

/** The ways through the form that together take every variant of every choice. */
export function scenariosOf(specification: Rule): readonly Scenario[] {
  const found = new Map<string, Scenario>();
  const open: Picks[] = [new Map()];
  for (let picks = open.shift(); picks !== undefined; picks = open.shift()) {
    const scenario = scenarioOf(specification, picks);
    if (found.has(scenario.name)) continue;
    found.set(scenario.name, scenario);
    open.push(...scenario.choices.flatMap((choice) => otherPicks(choice, scenario)));
  }
  return [...found.values()];
}

/** The other variants of one choice, with what leads there left as it is. */
function otherPicks({path, rule}: Choice, {choices}: Scenario): readonly Picks[] {
  const own = path.join('.');
  const above = choices
    .map((choice) => [choice.path.join('.'), choice.variant] as const)
    .filter(([other]) => own.startsWith(`${other}.`));
  return (rule.oneOf ?? []).map((_, index) => new Map([...above, [own, index]]));
}

function scenarioOf(specification: Rule, picks: Picks): Scenario {
  const cards = new Map(specification.groups?.map(({id, title}) => [id, title]));
  const parts = Object.entries(specification.properties ?? {}).map(([name, rule]) => {
    const card = cards.get(rule.group ?? '');
    return partOf({
      rule,
      picks,
      name,
      path: [name],
      titles: card === undefined ? [] : [card],
      isRequired: isRequiredIn(specification, name),
    });
  });
  const part = joined(parts);
  return {...part, name: part.choices.map(chosenTitle).join(', ') || 'plain'};
}

type Part = Omit<Scenario, 'name'>;
const NOTHING: Part = {choices: [], switches: [], fields: [], constants: []};

interface Visit extends Place {
  readonly rule: Rule;
  readonly picks: Picks;
  readonly name: string;
  readonly isRequired: boolean;
}

function partOf(visit: Visit): Part {
  const {rule, path, titles, name, isRequired} = visit;
  if (rule.const !== undefined) {
    return {...NOTHING, constants: [{path, titles, value: rule.const}]};
  }
  if (rule.airbyte_hidden === true) return NOTHING;
  const title = rule.title ?? name;
  if (rule.oneOf !== undefined) return choiceOf(visit, title);
  if (rule.properties !== undefined) return objectOf(visit, title);
  return {...NOTHING, fields: [{path, titles, title, rule, isRequired}]};
}

function choiceOf({rule, picks, path, titles}: Visit, title: string): Part {
  const variant = picks.get(path.join('.')) ?? 0;
  const within = {picks, path, titles: [...titles, title]};
  const below = membersOf(rule.oneOf?.[variant] ?? {}, within);
  return {...below, choices: [{path, titles, title, rule, variant}, ...below.choices]};
}

function objectOf({rule, picks, path, titles, isRequired}: Visit, title: string): Part {
  const place = {path, titles: [...titles, title]};
  const below = membersOf(rule, {...place, picks});
  const isSwitched = !isRequired && (rule.required ?? []).length > 0;
  return isSwitched ? {...below, switches: [place, ...below.switches]} : below;
}

function membersOf(rule: Rule, at: Place & {readonly picks: Picks}): Part {
  const members = Object.entries(rule.properties ?? {});
  return joined(
    members.map(([name, member]) =>
      partOf({
        ...at,
        rule: member,
        name,
        path: [...at.path, name],
        isRequired: isRequiredIn(rule, name),
      }),
    ),
  );
}

function joined(parts: readonly Part[]): Part {
  return {
    choices: parts.flatMap(({choices}) => choices),
    switches: parts.flatMap(({switches}) => switches),
    fields: parts.flatMap(({fields}) => fields),
    constants: parts.flatMap(({constants}) => constants),
  };
}

const isRequiredIn = (rule: Rule, name: string): boolean =>
  rule.required?.includes(name) ?? false;

/** Paths of all that is to be filled in, whatever is chosen; a check on the walk above. */
export function pathsOf(rule: Rule, path: readonly string[] = []): readonly string[] {
  const members = Object.entries(rule.properties ?? {});
  const below = [
    ...members.flatMap(([name, member]) => pathsOf(member, [...path, name])),
    ...(rule.oneOf ?? []).flatMap((variant) => pathsOf(variant, path)),
  ];
  if (below.length > 0 || rule.oneOf !== undefined) return below;
  return rule.properties !== undefined || rule.const !== undefined
    ? []
    : [path.join('.')];
}

/** The title of the chosen variant, as the form offers it. */
export const chosenTitle = ({rule, variant}: Choice): string =>
  rule.oneOf?.[variant]?.title ?? `Option ${variant + 1}`;
