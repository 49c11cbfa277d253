import type {ImageFacts} from '../../run/runner';
import {error, unless, type Check, type Finding} from '../check';
import {metadataOf, type Metadata} from '../metadata';

const ROOT = /^(root|0)?(:|$)/;

/** S16: what the platform reads off an image before it starts it. */
export const IMAGE: Check = {
  id: 'S16',
  title: 'the image says its name, version and entrypoint, and does not run as root',
  isForImages: true,
  run: async (stage) => {
    const facts = await stage.runner.image?.();
    if (facts === undefined) return [error('the image cannot be inspected')];
    return [...labelFindings(facts, metadataOf(stage)), ...entrypointFindings(facts)];
  },
};

function labelFindings(
  {labels}: ImageFacts,
  metadata: Metadata | undefined,
): readonly Finding[] {
  return [
    ['io.airbyte.name', metadata?.dockerRepository] as const,
    ['io.airbyte.version', metadata?.dockerImageTag] as const,
  ].flatMap(([label, wanted]) => {
    const {[label]: said = ''} = labels;
    const isRight = wanted === undefined ? said !== '' : said === wanted;
    return unless(
      isRight,
      `the label ${label} is ${JSON.stringify(said)} instead of ${wanted ?? 'anything'}`,
    );
  });
}

function entrypointFindings({
  entrypoint,
  environment,
  user,
}: ImageFacts): readonly Finding[] {
  const [program = ''] = entrypoint;
  const {AIRBYTE_ENTRYPOINT: told = ''} = environment;
  return [
    ...unless(program.startsWith('/'), `the entrypoint ${program} is no absolute path`),
    ...unless(
      told !== '' && told === entrypoint.join(' '),
      `AIRBYTE_ENTRYPOINT is "${told}", the entrypoint is "${entrypoint.join(' ')}"`,
    ),
    ...unless(!ROOT.test(user), 'the image runs as root'),
  ];
}
