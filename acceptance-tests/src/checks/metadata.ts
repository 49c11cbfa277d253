import {readFileSync} from 'node:fs';

import {parse} from 'yaml';

import {inside} from '../run/outcome';
import type {Stage} from '../stage/stage';

/** What `metadata.yaml` says, as far as the checks look into it. */
export interface Metadata {
  readonly name?: string;
  readonly dockerRepository?: string;
  readonly dockerImageTag?: string;
  readonly documentationUrl?: string;
  readonly allowedHosts?: {readonly hosts?: readonly string[]};
  readonly suggestedStreams?: {readonly streams?: readonly string[]};
}

/** The `data` of the connector's metadata; undefined where the plan names none. */
export function metadataOf(stage: Stage): Metadata | undefined {
  const {metadata_path: path} = stage.plan.own;
  if (path === undefined) return undefined;
  return inside(parse(readFileSync(stage.path(path), 'utf8')), 'data') as Metadata;
}
