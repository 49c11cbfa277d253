import type {Check} from '../check';

export const READ_CHECKS: readonly Check[] = [];
