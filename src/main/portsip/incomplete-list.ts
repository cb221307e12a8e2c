import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'

/**
 * The PBX counts more rows than it returned. Thrown after the last row, so that no decision is made on a partial list;
 * a caller that can show the gap catches it.
 */
export class IncompleteListError extends FleetError {
  constructor(
    operation: string,
    readonly read: number,
    readonly expected: number,
  ) {
    super({
      code: 'bad-reply',
      operation,
      message: `${operation} returned ${printNumber(read)} of ${printNumber(expected)} rows`,
      hint: 'The list may have changed while it was read. Retry.',
    })
  }
}

export interface ReadRows<T> {
  readonly rows: readonly T[]
  /** Set if the PBX counts more rows. */
  readonly incomplete?: IncompleteListError
}

/** Returns the error if it reports an incomplete list; throws any other. */
export function incompleteOr(error: unknown): IncompleteListError {
  if (error instanceof IncompleteListError) return error
  throw error
}

/** All rows of a list; throws IncompleteListError if the PBX counts more. */
export async function wholeList<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const { rows, incomplete } = await readRows(pages)
  if (incomplete !== undefined) throw incomplete
  return rows
}

/** All rows of a list that may turn out to be incomplete. */
export async function readRows<T>(pages: AsyncIterable<readonly T[]>): Promise<ReadRows<T>> {
  const rows: T[] = []
  try {
    for await (const page of pages) rows.push(...page)
  } catch (error) {
    return { rows, incomplete: incompleteOr(error) }
  }
  return { rows }
}
