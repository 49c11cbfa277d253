import type {Exchange, HttpReply} from './exchange';

/** A request received whole and understood, not yet acted on. */
export interface Prepared {
  readonly exchange: Exchange;
  act(): Promise<HttpReply>;
  /** Gives up what was received, acted on or not. */
  dispose?(): Promise<void>;
}
