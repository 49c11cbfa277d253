import {SystemError} from 'airbyte-cdk-ts';

import type {
  Action,
  AddFile,
  DomainMetadata,
  MetaData,
  Protocol,
  RemoveFile,
  Txn,
} from './actions';

/** A table at one version: what its commits, replayed in order, leave standing. */
export class Snapshot {
  readonly files = new Map<string, AddFile>();
  /** Files taken out, which readers of older versions may still want. */
  readonly tombstones = new Map<string, RemoveFile>();
  readonly txns = new Map<string, Txn>();
  readonly domains = new Map<string, DomainMetadata>();
  private lastVersion = -1;
  private lastProtocol: Protocol | undefined;
  private lastMetaData: MetaData | undefined;

  get version(): number {
    return this.lastVersion;
  }

  get protocol(): Protocol {
    return this.lastProtocol ?? missing('protocol');
  }

  get metaData(): MetaData {
    return this.lastMetaData ?? missing('metaData');
  }

  /** Takes in the actions of one commit, or of a checkpoint. */
  apply(version: number, actions: readonly Action[]): void {
    this.lastVersion = version;
    for (const action of actions) {
      this.applyFile(action);
      this.applyTable(action);
    }
  }

  /** Everything that stands, as a checkpoint says it. */
  actions(): Action[] {
    return [
      {protocol: this.protocol},
      {metaData: this.metaData},
      ...[...this.txns.values()].map((txn) => ({txn})),
      ...[...this.domains.values()].map((domainMetadata) => ({domainMetadata})),
      ...[...this.tombstones.values()].map((remove) => ({
        remove: {...remove, dataChange: false},
      })),
      ...[...this.files.values()].map((add) => ({add: {...add, dataChange: false}})),
    ];
  }

  private applyFile({add, remove}: Action): void {
    if (add !== undefined) {
      this.files.set(add.path, add);
      this.tombstones.delete(add.path);
    }
    if (remove !== undefined) {
      this.files.delete(remove.path);
      this.tombstones.set(remove.path, remove);
    }
  }

  private applyTable({protocol, metaData, txn, domainMetadata}: Action): void {
    if (protocol !== undefined) this.lastProtocol = protocol;
    if (metaData !== undefined) this.lastMetaData = metaData;
    if (txn !== undefined) this.txns.set(txn.appId, txn);
    if (domainMetadata?.removed === true) this.domains.delete(domainMetadata.domain);
    else if (domainMetadata !== undefined) {
      this.domains.set(domainMetadata.domain, domainMetadata);
    }
  }
}

function missing(action: string): never {
  throw new SystemError(`The log of a Delta table has no ${action} action.`);
}
