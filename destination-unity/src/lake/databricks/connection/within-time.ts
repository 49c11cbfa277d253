import {networkFaultOf} from '../../../http/network-failure';

/**
 * The work's result, or after `limitMs` a fault like that of a reply that was lost. The
 * work goes on unobserved, as it does in a warehouse whose reply was lost.
 */
export async function withinTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new RangeError('no reply in time'), {code: 'ETIMEDOUT'}));
    }, limitMs);
  });
  work.catch(networkFaultOf);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
