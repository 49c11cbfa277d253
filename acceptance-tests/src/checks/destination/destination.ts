import type {Check} from '../check';

export const DESTINATION_CHECKS: readonly Check[] = [];
