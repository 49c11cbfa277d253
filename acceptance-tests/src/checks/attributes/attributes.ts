import type {Check} from '../check';

export const ATTRIBUTES_CHECKS: readonly Check[] = [];
