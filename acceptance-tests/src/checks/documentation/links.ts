/** An address that answers so exists, even where it wants a sign-in. */
const EXISTS = [200, 401, 403, 405];
const TIMEOUT_MS = 30_000;

/** Asks each address; what does not answer, or answers that it is not there, is a fault. */
export async function linkFaults(links: readonly string[]): Promise<readonly string[]> {
  const faults = await Promise.all(links.map(linkFault));
  return faults.filter((fault) => fault !== undefined);
}

async function linkFault(link: string): Promise<string | undefined> {
  try {
    const answer = await fetch(link, {signal: AbortSignal.timeout(TIMEOUT_MS)});
    await answer.body?.cancel();
    return EXISTS.includes(answer.status)
      ? undefined
      : `${link} answers ${answer.status}`;
  } catch (error) {
    const {message, cause} = error as Error;
    const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return `${link} does not answer: ${reason}`;
  }
}
