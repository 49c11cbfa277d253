import type {BasicReadTest, SectionName} from '../../config/airbyte-config';
import type {Stage} from '../../stage/stage';
import {error, unless, type Finding} from '../check';

const MANDATORY: readonly SectionName[] = [
  ...(['spec', 'connection', 'discovery', 'basic_read'] as const),
  ...(['full_refresh', 'incremental'] as const),
];

interface Excused {
  readonly name: string;
  readonly bypass_reason?: string | undefined;
}

/** R0: at strictness `high` a plan leaves out nothing without saying why. */
export function strictnessFindings(stage: Stage): readonly Finding[] {
  const sections = stage.plan.airbyte.acceptance_tests;
  return [
    ...MANDATORY.filter((name) => sections[name] === undefined).map((name) =>
      error(`the plan has no section ${name}, and gives no reason`),
    ),
    ...stage.tests('basic_read').flatMap(ofBasicRead),
    ...stage
      .tests('full_refresh')
      .flatMap(({ignored_fields: ignored}) => ofIgnored('full_refresh', ignored)),
  ];
}

function ofBasicRead({
  configured_catalog_path: catalog,
  validate_schema: isValidated,
  empty_streams: empty,
  ignored_fields: ignored,
}: BasicReadTest): readonly Finding[] {
  return [
    ...unless(
      catalog === undefined,
      'basic_read: configured_catalog_path leaves out streams; the catalog is what ' +
        'discover says, without empty_streams',
    ),
    ...unless(isValidated, 'basic_read: validate_schema is switched off'),
    ...unexcused('basic_read: empty_streams', empty),
    ...ofIgnored('basic_read', ignored),
  ];
}

function ofIgnored(
  section: string,
  ignored: Readonly<Record<string, readonly Excused[]>>,
): readonly Finding[] {
  return Object.entries(ignored).flatMap(([stream, fields]) =>
    unexcused(`${section}: ignored_fields of ${stream}`, fields),
  );
}

function unexcused(what: string, left: readonly Excused[]): readonly Finding[] {
  return left
    .filter(({bypass_reason: reason}) => !reason)
    .map(({name}) => error(`${what}: ${name} has no bypass_reason`));
}
